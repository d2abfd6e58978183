import type { RunState } from "../engine/run/state.ts";
import { type RunView, viewRun } from "../engine/run/view.ts";
import { EXIT } from "../kernel/exit_code.ts";
import { readManifests } from "../workspace/applied_record.ts";
import { runFolder as placesOf } from "../workspace/run_folder.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";
import { runHolder, stoppedHolder } from "./run/hold_run.ts";
import { goneFiles } from "./run/open_workspace.ts";
import { runFolder } from "./run/run_folder.ts";
import { unrecordedApply } from "./run/unrecorded_apply.ts";

/** Where a run stands. Errors: not_found, usage. */
export async function showRun(app: App, word: string | undefined): Promise<RunView> {
  return await shownRun(app, await findRun(app, word));
}

/** The same of a run that was read already. */
export async function shownRun(app: App, state: RunState): Promise<RunView> {
  const view = await liveView(app, viewRun(state), state);
  const shown = { ...view, applyCutOff: await applyCutOff(app, state) };
  if (view.state === "running" || view.discarded || view.applied || shown.applyCutOff) return shown;
  const gone = await goneFiles(app, view.runId);
  // Neither resume nor apply could do anything.
  return gone === undefined
    ? shown
    : { ...shown, hint: `Start a new run: "${gone}", where this one's work was, is gone` };
}

/** Whether files of the user were changed by an apply that the journal knows nothing of. */
async function applyCutOff(app: App, state: RunState): Promise<boolean> {
  if (state.applied || state.discarded || state.headTree === state.created.base.tree) return false;
  try {
    const { applied } = placesOf(runFolder(app, state.created.runId));
    // The records alone: opening the workspace starts git, and this is asked again and again.
    return await unrecordedApply({ applied: () => readManifests(applied) }) !== undefined;
  } catch {
    // A folder that cannot be read: status is told all the same.
    return false;
  }
}

/**
 * A run's view with what only the system knows: a run that says "running" and whose worker is gone
 * is interrupted, whatever the journal last heard; one whose worker is stopped does not move.
 */
export async function liveView(app: App, view: RunView, state: RunState): Promise<RunView> {
  if (view.state !== "running") return view;
  const stopped = await stoppedHolder(app, state);
  if (stopped !== undefined) {
    return {
      ...view,
      reason: `Process ${stopped}, which works on it, is stopped (state T)`,
      hint: `kill -CONT ${stopped}; or: ouroboros resume ${view.runId} --take-over`,
    };
  }
  if (await workerLives(app, state)) return view;
  const criteria = view.criteria.map((one) =>
    one.state === "working" ? { ...one, state: "interrupted" } : one
  );
  return {
    ...view,
    criteria,
    state: "interrupted",
    reason: "Its worker is gone",
    hint: `ouroboros resume ${view.runId}`,
    exit: EXIT.cancelled,
  };
}

/** Whether a process works on a run: somebody holds it, and has not written down its end. */
export async function workerLives(app: App, state: RunState): Promise<boolean> {
  if (state.ended || state.interrupted) return false;
  return (await runHolder(app, state)).is === "held";
}
