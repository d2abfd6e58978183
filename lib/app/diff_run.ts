import { recordedWork } from "../engine/run/recorded_work.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { ChangedPath } from "../workspace/run_workspace.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";
import { openWorkspace } from "./run/open_workspace.ts";
import { requireFiles } from "./run/take_over.ts";

/** What a run changed. */
export interface RunDiff {
  runId: string;
  /** Unified diff, binary parts included. */
  text: string;
  changed: ChangedPath[];
}

/**
 * The integrated changes of a run against its base, or one criterion's work (of its last try that
 * changed something) against what it was based on. Errors: not_found, not_allowed (discarded), those
 * of the workspace.
 */
export async function diffRun(
  app: App,
  word: string | undefined,
  options: { criterion?: string | undefined },
): Promise<RunDiff> {
  const state = await findRun(app, word);
  requireFiles(state);
  const { runId, base } = state.created;
  let from = base.commit;
  let to = state.head;
  if (options.criterion !== undefined) {
    const criterion = state.criteria.find((one) => one.id === options.criterion);
    const attempt = criterion && recordedWork(criterion);
    if (!attempt) {
      throw new OuroborosError({
        code: "not_found",
        message: `Find recorded work on criterion "${options.criterion}" in run "${runId}"`,
        hint: `ouroboros status ${runId}`,
      });
    }
    from = attempt.base;
    to = attempt.commit;
  }
  const workspace = await openWorkspace(app, state);
  const changed = await workspace.changed(from, to);
  return { runId, changed, text: changed.length === 0 ? "" : await workspace.diff(from, to) };
}
