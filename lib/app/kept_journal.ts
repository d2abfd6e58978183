import type { Journal } from "../store/journal.ts";

/** A journal that is opened at its first use, and kept. */
export interface KeptJournal {
  /** Errors: those of opening it. */
  get(): Promise<Journal>;
  /** Closes whatever of it is open. */
  close(): Promise<void>;
}

/** A file by its place on the disk. */
type Place = Pick<Deno.FileInfo, "dev" | "ino">;

/**
 * Keeps the journal in the file `path` open for as long as that file is there. Where it was removed
 * or another was put in its place, as an uninstall does under a server that lives on, it is opened
 * anew: what is written to a removed file no other process ever reads. The one before stays open
 * to the end, for whoever is at it.
 */
export function keptJournal(path: string, open: () => Promise<Journal>): KeptJournal {
  const all: Journal[] = [];
  const openHere = async () => {
    const journal = await open();
    all.push(journal);
    return { journal, place: await placeOf(path) };
  };
  let kept: ReturnType<typeof openHere> | undefined;
  return {
    async get() {
      const seen = kept ??= openHere();
      const { journal, place } = await seen;
      if (await isAt(path, place)) return journal;
      // Of those who see it in the same moment one opens it.
      if (kept === seen) kept = openHere();
      return (await kept).journal;
    },
    async close() {
      await kept?.catch(() => undefined);
      for (const journal of all) await journal.close();
    },
  };
}

async function placeOf(path: string): Promise<Place | undefined> {
  try {
    return await Deno.stat(path);
  } catch {
    // It went away again: the next look finds another, or none.
    return undefined;
  }
}

/** What cannot be looked at is taken to be there: opening it anew would say no more. */
async function isAt(path: string, place: Place | undefined): Promise<boolean> {
  try {
    const { dev, ino } = await Deno.stat(path);
    return dev === place?.dev && ino === place?.ino;
  } catch (error) {
    return !(error instanceof Deno.errors.NotFound);
  }
}
