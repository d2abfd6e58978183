import { evolve } from "../engine/run/evolve.ts";
import { type RunEvent, runStream } from "../engine/run/events.ts";
import type { RunState } from "../engine/run/state.ts";
import { type RunView, viewRun } from "../engine/run/view.ts";
import type { Journal } from "../store/journal.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";
import { stoppedHolder } from "./run/hold_run.ts";
import type { RunProgress } from "./run/progress.ts";
import { liveView, workerLives } from "./show_run.ts";

/** What is told of a run that is watched. */
export type WatchProgress =
  /** Where it stands as the watching begins. */
  | { type: "standing"; run: RunView }
  | RunProgress;

/** How often the journal is asked for what is new, in milliseconds. */
const POLL_MS = 200;
/** Polls between two looks at whether anybody works on the run. */
const LIFE_POLLS = 5;
/** So many looks in a row find nobody, before its worker is called gone: a hand-over takes a moment. */
const GONE_LOOKS = 3;

/**
 * Follows a run that any process works on: its state now, then every new event, until it has ended,
 * is interrupted, or its worker is gone. Gives the run's last view; undefined where `until` aborted
 * first, which does nothing to the run. Errors: not_found, usage, those of the journal.
 */
export async function* watchRun(
  app: App,
  word: string | undefined,
  options: { until: AbortSignal },
): AsyncGenerator<WatchProgress, RunView | undefined> {
  const { until } = options;
  const state = await findRun(app, word);
  const journal = await app.journal();
  yield { type: "standing", run: await liveView(app, viewRun(state), state) };
  let alone = 0;
  let told = "";
  for (let poll = 1; goesOn(state); poll++) {
    await app.clock.sleep(POLL_MS, until);
    if (until.aborted) return undefined;
    const events = await newEvents(journal, state);
    for (const event of events) {
      evolve(state, event);
      yield { type: "event", event };
    }
    if (events.length > 0) alone = 0;
    else if (poll % LIFE_POLLS === 0) alone = await workerLives(app, state) ? 0 : alone + 1;
    if (alone >= GONE_LOOKS) break;
    if (poll !== 1 && poll % LIFE_POLLS !== 0) continue;
    const stopped = goesOn(state) ? await stoppedText(app, state) : "";
    // Once: it says the same until it goes on, and is news again after that.
    if (stopped !== "" && stopped !== told) yield { type: "notice", text: stopped };
    told = stopped;
  }
  return await liveView(app, viewRun(state), state);
}

/** That the worker is stopped, and the ways out; "" where it is not. */
async function stoppedText(app: App, state: RunState): Promise<string> {
  if (await stoppedHolder(app, state) === undefined) return "";
  const { reason, hint } = await liveView(app, viewRun(state), state);
  return hint === null ? reason : `${reason}. ${hint}`;
}

function goesOn(state: RunState): boolean {
  return state.ended === null && state.interrupted === null;
}

async function newEvents(journal: Journal, state: RunState): Promise<RunEvent[]> {
  const stream = runStream(state.created.runId);
  return await journal.read(stream, { afterVersion: state.version, limit: 500 }) as RunEvent[];
}
