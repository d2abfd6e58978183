import type { Journal } from "../../lib/store/journal.ts";

/** At which write of a journal something happens. */
export interface Fate {
  /** Before it is written, or when it is. */
  when: "before" | "after";
  /** Counted from 1. */
  write: number;
  /** Only writes of this event are counted; left out: all events, claims and blobs. */
  event?: string;
}

/** A journal around another one: `strike` is called once, at that write. */
export function fatedJournal(
  journal: Journal,
  fate: Fate,
  strike: () => void | Promise<void>,
): Journal {
  let writes = 0;
  return around(journal, async (words, write) => {
    const counts = fate.event === undefined || words.includes(fate.event);
    const mine = counts && ++writes === fate.write;
    if (mine && fate.when === "before") await strike();
    const given = await write();
    if (mine && fate.when === "after") await strike();
    return given;
  });
}

/** A journal around another one that notes what is written: names of events, `claim`, `blob`. */
export function countedJournal(journal: Journal): { journal: Journal; writes: string[] } {
  const writes: string[] = [];
  const counted = around(journal, (words, write) => {
    writes.push(words.join(", "));
    return write();
  });
  return { journal: counted, writes };
}

function around(
  journal: Journal,
  write: <T>(words: string[], given: () => Promise<T>) => Promise<T>,
): Journal {
  return {
    ...journal,
    append: (stream, events, options) =>
      write(events.map((one) => one.type), () => journal.append(stream, events, options)),
    claim: (stream, owner) => write(["claim"], () => journal.claim(stream, owner)),
    putBlob: (bytes) => write(["blob"], () => journal.putBlob(bytes)),
  };
}
