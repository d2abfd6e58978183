import { evolve, foldRun } from "../engine/run/evolve.ts";
import { type RunEvent, runStream } from "../engine/run/events.ts";
import type { RunState } from "../engine/run/state.ts";
import { type RunView, viewRun } from "../engine/run/view.ts";
import type { Journal } from "../store/journal.ts";
import type { App } from "./app.ts";
import { readRunEvents } from "./run/run_log.ts";
import { liveView } from "./show_run.ts";

/** What a wait came back with. */
export interface WaitedRun {
  run: RunView;
  /** Where the next wait begins: what came after it is news then. */
  cursor: number;
  /** What changed that somebody may act on, a line each; empty: the time was over. */
  changes: readonly string[];
}

/** How a run is waited for. */
export interface WaitOptions {
  /** Of an earlier wait or look; left out: only what comes from now on counts. */
  cursor?: number | undefined;
  timeoutMs: number;
  /** Ends the wait at once. */
  until: AbortSignal;
  /** Hears of every event, also of those that nobody would act on. */
  onEvent?(event: RunEvent): void;
}

const POLL_MS = 200;
/** Polls between two looks at whether anybody works on the run. */
const LIFE_POLLS = 5;
/** So many looks in a row find nobody, before its worker is called gone: a hand-over takes a moment. */
const GONE_LOOKS = 3;

/**
 * Waits until something of a run changes that somebody may act on: a criterion is settled or tried
 * again, the provider makes it wait, the run ends or loses its worker. Its id has been found already.
 * Errors: those of the journal.
 */
export async function waitRun(
  app: App,
  runId: string,
  options: WaitOptions,
): Promise<WaitedRun> {
  const journal = await app.journal();
  const { state, before } = await stateAndBefore(journal, runId, options.cursor);
  const until = app.clock.monotonicMs() + options.timeoutMs;
  let live = await liveView(app, viewRun(state), state);
  let alone = 0;
  for (let poll = 1;; poll++) {
    const changes = changesBetween(before, marksOf(live));
    const timeOver = app.clock.monotonicMs() >= until || options.until.aborted;
    // A worker that is gone is believed to be so after a few looks; one that said so, at once.
    const gone = live.state === "interrupted" && state.interrupted === null;
    const atRest = live.state !== "running" && (!gone || alone >= GONE_LOOKS);
    if (atRest || timeOver || (changes.length > 0 && live.state === "running")) {
      return { run: live, cursor: state.version, changes };
    }
    await app.clock.sleep(Math.min(POLL_MS, until - app.clock.monotonicMs()), options.until);
    const events = await journal.read(runStream(runId), {
      afterVersion: state.version,
      limit: 500,
    }) as RunEvent[];
    for (const event of events) {
      evolve(state, event);
      options.onEvent?.(event);
    }
    if (events.length === 0 && poll % LIFE_POLLS !== 0) continue;
    live = await liveView(app, viewRun(state), state);
    alone = live.state === "running" || events.length > 0 ? 0 : alone + 1;
  }
}

async function stateAndBefore(
  journal: Journal,
  runId: string,
  cursor: number | undefined,
): Promise<{ state: RunState; before: Marks }> {
  const events = await readRunEvents(journal, runId);
  const state = foldRun(events)!;
  const seen = cursor === undefined ? events : events.slice(0, Math.max(1, cursor));
  return { state, before: marksOf(viewRun(foldRun(seen)!)) };
}

/** What somebody may act on, by what it is about. */
type Marks = ReadonlyMap<string, string>;

const SETTLED = ["passed", "accepted", "failed", "unverified", "blocked", "skipped", "cancelled"];

function marksOf(run: RunView): Marks {
  const marks = new Map<string, string>();
  for (const one of run.criteria) {
    const settled = SETTLED.includes(one.state);
    const why = settled && one.reason !== "" ? `: ${one.reason}` : "";
    const standing = settled ? `${one.state}${why}` : one.tries > 1 ? `try ${one.tries}` : "";
    if (standing !== "") marks.set(`Criterion ${one.id}`, standing);
  }
  const why = run.reason === "" ? "" : `: ${run.reason}`;
  if (run.state !== "running" || why !== "") marks.set("Run", `${run.state}${why}`);
  return marks;
}

function changesBetween(before: Marks, now: Marks): string[] {
  return [...now].filter(([about, standing]) => before.get(about) !== standing)
    .map(([about, standing]) => `${about}: ${standing}`);
}
