import type { RunState } from "../engine/run/state.ts";
import { type RunView, viewRun } from "../engine/run/view.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";

/** Where a run stands. Errors: not_found, usage. */
export async function showRun(app: App, word: string | undefined): Promise<RunView> {
  const state = await findRun(app, word);
  return await liveView(app, viewRun(state), state);
}

/**
 * A run's view with what only the system knows: a run that says "running" and whose worker is gone
 * is interrupted, whatever the journal last heard.
 */
export async function liveView(app: App, view: RunView, state: RunState): Promise<RunView> {
  if (view.state !== "running" || await workerLives(app, state)) return view;
  return {
    ...view,
    state: "interrupted",
    reason: "Its worker is gone",
    hint: `ouroboros resume ${view.id}`,
  };
}

/** Whether the process that works on a run is still there. */
export async function workerLives(app: App, state: RunState): Promise<boolean> {
  if (!state.worker || state.ended || state.interrupted) return false;
  return await app.processes.alive(state.worker);
}
