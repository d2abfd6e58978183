import { requestStream, runEvent } from "../engine/run/events.ts";
import { runRequest } from "../engine/run/requests.ts";
import { type RunView, viewRun } from "../engine/run/view.ts";
import { removeTree } from "../workspace/remove_tree.ts";
import { type App, systemTmp } from "./app.ts";
import { findRun } from "./find_run.ts";
import { reapWorker } from "./reap_worker.ts";
import { runTmp } from "./run/attempt_room.ts";
import { stoppedHolder } from "./run/hold_run.ts";
import { readRunState } from "./run/run_log.ts";
import { takeOver } from "./run/take_over.ts";
import { whoActs } from "./who_acts.ts";
import { workerLives } from "./show_run.ts";

/** How long a live worker is given to stop its agent and say so, in milliseconds. */
const WORKER_GRACE_MS = 60_000;

/** How a cancel went. */
export interface Cancelled {
  run: RunView;
  /** True when the run had ended already: nothing was done. */
  alreadyEnded: boolean;
  /** True when its worker was asked and has not ended it yet: it will. */
  pending: boolean;
}

/**
 * Ends a run: a live worker is asked and waited for; the run of a worker that is gone is ended
 * here, and what that worker left running is ended too. Errors: not_found, usage.
 */
export async function cancelRun(
  app: App,
  word: string | undefined,
  options: {
    reason: string;
    /** Ends the waiting for a live worker, and not the cancel. */
    until?: AbortSignal;
  },
): Promise<Cancelled> {
  let state = await findRun(app, word);
  const journal = await app.journal();
  const { runId } = state.created;
  if (state.ended) return { run: viewRun(state), alreadyEnded: true, pending: false };
  const done = { alreadyEnded: false, pending: false };
  const by = await whoActs(app);
  if (await workerLives(app, state)) {
    await journal.append(requestStream(runId), [
      runRequest("cancel.requested", { by, reason: options.reason }),
    ]);
    // One that is stopped hears nothing: it is ended at once.
    const graceMs = await stoppedHolder(app, state) !== undefined ? 0 : WORKER_GRACE_MS;
    const until = app.clock.monotonicMs() + graceMs;
    while (app.clock.monotonicMs() < until) {
      await app.clock.sleep(100, options.until);
      state = await readRunState(journal, runId);
      if (state.ended) return { run: viewRun(state), ...done };
      if (options.until?.aborted) return { run: viewRun(state), ...done, pending: true };
      if (!await workerLives(app, state)) break;
    }
  }
  const { log } = await takeOver(journal, runId, { owner: `cancel by ${by}` });
  if (log.state.ended) return { run: viewRun(log.state), ...done };
  await reapWorker(app, log.state, { force: true });
  await removeTree(runTmp(systemTmp(app), runId)).catch(() => {
    // Something that got away still writes there; a resume, or a discard, tries again.
  });
  await log.append(runEvent("run.ended", {
    result: "cancelled",
    reason: `Cancelled by ${by}${options.reason ? `: ${options.reason}` : ""}`,
  }));
  return { run: viewRun(log.state), ...done };
}
