import { type InterviewView } from "../engine/interview/view.ts";
import { type RunView } from "../engine/run/view.ts";
import type { App } from "./app.ts";
import { findThing } from "./find_thing.ts";
import { listRuns } from "./list_runs.ts";
import { showRun } from "./show_run.ts";

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
  const runs = await listRuns(app, { all: false, limit: options.recent + 1 });
  if (found.kind === "interview") {
    return { thing: found, cursor: found.events, recent: runs.slice(0, options.recent) };
  }
  const { runId } = found.run.created;
  return {
    thing: { kind: "run", run: await showRun(app, runId) },
    cursor: found.run.version,
    recent: runs.filter((one) => one.runId !== runId).slice(0, options.recent),
  };
}
