import { type InterviewView } from "../engine/interview/view.ts";
import { type RunView } from "../engine/run/view.ts";
import type { App } from "./app.ts";
import { findThing } from "./find_thing.ts";
import { listRuns } from "./list_runs.ts";
import { shownRun } from "./show_run.ts";

/** Where something stands, and what else there is beside it. */
export interface Status {
  thing: { kind: "run"; run: RunView } | { kind: "interview"; interview: InterviewView };
  /** Events of it so far. */
  cursor: number;
  /** Other runs of this project, the newest first. */
  recent: readonly RunView[];
}

/**
 * Where a run or an interview stands; see `findThing` for what an id may be. Errors: not_found,
 * usage.
 */
export async function statusOf(
  app: App,
  word: string | undefined,
  options: { recent: number },
): Promise<Status> {
  const found = await findThing(app, word);
  if (found.kind === "interview") {
    const recent = await newestBut(app, undefined, options.recent);
    return { thing: found, cursor: found.events, recent };
  }
  // At once: seen from an older state, a worker that has ended the run since would look gone.
  const run = await shownRun(app, found.run);
  const recent = await newestBut(app, run.runId, options.recent);
  return { thing: { kind: "run", run }, cursor: found.run.version, recent };
}

async function newestBut(app: App, runId: string | undefined, limit: number): Promise<RunView[]> {
  const runs = await listRuns(app, { all: false, limit: limit + 1 });
  return runs.filter((one) => one.runId !== runId).slice(0, limit);
}
