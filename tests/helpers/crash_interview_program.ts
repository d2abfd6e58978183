/**
 * `ouroboros interview` in a process of its own, with a person at it who answers by lines, and that
 * ends as it was told to: `ROOT ORDER`, where ORDER is JSON of {@link InterviewOrder}. What it wrote
 * stands in the note `writes` where it came to its end.
 */
import { join } from "@std/path";
import type { App } from "../../lib/app/app.ts";
import { interview } from "../../lib/cli/commands/interview.ts";
import { readWords } from "../../lib/cli/read_words.ts";
import { errorText } from "../../lib/cli/run_cli.ts";
import { OuroborosError } from "../../lib/kernel/error.ts";
import type { Journal } from "../../lib/store/journal.ts";
import { ANSWERER, answeringAgent } from "./answering_agent.ts";
import { benchPlaces, openApp } from "./app_bench.ts";
import { appWithClock, settableClock } from "./crash_clock.ts";
import { fillDisk } from "./crash_disk.ts";
import { countedJournal, type Fate, fatedJournal } from "./crash_journal.ts";
import { REMARK } from "./crash_interview.ts";
import { Screen } from "./screen.ts";
import { NO_DELIVERIES } from "./no_deliveries.ts";

/** What such a process is to do. */
export interface InterviewOrder {
  /** The interview that goes on: an id, or true for the newest; left out: a new one. */
  resume?: string | true;
  /** The process kills itself at this write of the journal, from 1. */
  die?: Fate;
  /**
   * The person says nothing to a question that holds this text: the process stays where it is, and
   * the note `silent` is there.
   */
  silentAt?: string;
  /** At that write the disk of this file is filled but for so many bytes. */
  fill?: { fate: Fate; path: string; leave: number };
  /** At that write the clock is set. */
  jump?: { fate: Fate; ms: number };
  /** It goes on from its first look at who holds the interview when so many have looked. */
  together?: number;
}

/** A terminal whose person answers by lines, always alike. */
class Person extends Screen {
  override canAsk = true;
  override talksToTerminal = true;

  constructor(readonly notes: string, readonly silentAt: string | undefined) {
    super();
  }

  override out(text: string): void {
    super.out(text);
    console.log(text.trimEnd());
  }

  override err(text: string): void {
    super.err(text);
    console.error(text.trimEnd());
  }

  override askLine(question: string): Promise<string | null> {
    this.err(question);
    if (this.silentAt !== undefined && question.includes(this.silentAt)) {
      Deno.writeTextFileSync(join(this.notes, "silent"), `${Deno.pid}\n`);
      // A promise alone keeps no process alive.
      return new Promise(() => setInterval(() => {}, 1000));
    }
    return Promise.resolve(this.#answer(question));
  }

  #answer(question: string): string {
    const asked = this.stderr.match(/\(q\d+/g)?.at(-1);
    if (question.startsWith("Anything else")) return asked === "(q3" ? REMARK : "";
    if (question.startsWith("A number") || question.startsWith("Which of these")) {
      // The second one is left to us: it comes behind three choices and the person's own words.
      return asked === "(q2" ? "5" : "1";
    }
    if (question.startsWith("Your answer")) return "The API";
    return "";
  }
}

/** Resolves when so many processes have come so far. */
async function meet(notes: string, count: number): Promise<void> {
  await Deno.writeTextFile(join(notes, `looked-${Deno.pid}`), "");
  const here = () => [...Deno.readDirSync(notes)].filter((one) => one.name.startsWith("looked-"));
  while (here().length < count) await new Promise((done) => setTimeout(done, 5));
}

function fated(journal: Journal, order: InterviewOrder, notes: string): Journal {
  const { die, fill, jump, together } = order;
  let deadly = journal;
  if (die) deadly = fatedJournal(deadly, die, () => Deno.kill(Deno.pid, "SIGKILL"));
  if (fill) deadly = fatedJournal(deadly, fill.fate, () => fillDisk(fill.path, fill.leave));
  if (jump) deadly = fatedJournal(deadly, jump.fate, () => clock.set(jump.ms));
  if (together === undefined) return deadly;
  let met: Promise<void> | undefined;
  return {
    ...deadly,
    async owner(stream) {
      const owner = await deadly.owner(stream);
      // Each has seen now that nobody works on it.
      await (met ??= meet(notes, together));
      return owner;
    },
  };
}

const clock = settableClock();

if (import.meta.main) {
  const [root = "", text = "{}"] = Deno.args;
  const order = JSON.parse(text) as InterviewOrder;
  const places = benchPlaces(root);
  const plain = openApp(places, { agent: answeringAgent(), env: { TMPDIR: join(root, "tmp") } });
  const real = appWithClock({ app: plain }, clock);
  const { journal, writes } = countedJournal(
    fated(await real.journal(), order, places.notes),
  );
  const app: App = Object.create(real, { journal: { value: () => Promise.resolve(journal) } });
  const which = order.resume === undefined
    ? ["reject expired coupons"]
    : ["--resume", ...(order.resume === true ? [] : [order.resume])];
  const output = new Person(places.notes, order.silentAt);
  const interrupt = new AbortController();
  Deno.addSignalListener("SIGTERM", () => interrupt.abort("Interrupted by SIGTERM"));
  try {
    const exit = await interview.run({
      ...{ app, output, interrupt: interrupt.signal },
      words: readWords(interview, [...which, "--runtime", ANSWERER]),
      deliveries: NO_DELIVERIES,
    });
    await Deno.writeTextFile(join(places.notes, "writes"), `${writes.join("\n")}\n`);
    await real.close();
    Deno.exit(exit);
  } catch (error) {
    if (!(error instanceof OuroborosError)) throw error;
    output.err(errorText(error));
    await real.close();
    Deno.exit(error.exitCode);
  }
}
