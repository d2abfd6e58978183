import { requestStream, runEvent } from "../engine/run/events.ts";
import { runRequest } from "../engine/run/requests.ts";
import type { RunState } from "../engine/run/state.ts";
import { type RunView, viewRun } from "../engine/run/view.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";
import { acceptedReceipt } from "./run/settle_step.ts";
import { readRunState } from "./run/run_log.ts";
import { takeOver } from "./run/take_over.ts";
import { workerLives } from "./show_run.ts";

/** How long a live worker's answer is waited for, in milliseconds. */
const WORKER_ANSWER_MS = 1000;

/**
 * A person closes a criterion by their own judgement; who, when and why go into the journal and
 * the receipt. A worker that is busy takes it in at its next step, so that the view may not show it
 * yet. Errors: not_found (run or criterion), usage (no reason), not_allowed.
 */
export async function acceptCriterion(
  app: App,
  word: string,
  options: { criterion: string; reason: string },
): Promise<RunView> {
  const { criterion, reason } = options;
  if (reason.trim() === "") {
    throw new OuroborosError({
      code: "usage",
      message: `Say why criterion "${criterion}" is accepted`,
      hint: `ouroboros accept ${word} ${criterion} --reason "…"`,
    });
  }
  const journal = await app.journal();
  let state = await findRun(app, word);
  requireOpen(state, criterion);
  const { runId } = state.created;
  const by = app.userName;
  if (await workerLives(app, state)) {
    await journal.append(requestStream(runId), [
      runRequest("accept.requested", { by, criterion, reason }),
    ]);
    // It takes it in between two steps, which may be long from now; or it ends at this moment.
    const until = app.clock.monotonicMs() + WORKER_ANSWER_MS;
    do {
      await app.clock.sleep(100);
      state = await readRunState(journal, runId);
      if (isClosed(state, criterion)) return viewRun(state);
    } while (await workerLives(app, state) && app.clock.monotonicMs() < until);
    if (await workerLives(app, state)) return viewRun(state);
  }
  const { log } = await takeOver(journal, runId, { owner: `accept by ${by}` });
  if (isClosed(log.state, criterion)) return viewRun(log.state);
  const receipt = await acceptedReceipt(app, log.state, { criterion, by, reason });
  await log.append(runEvent("criterion.accepted", { criterion, by, reason, receipt }));
  return viewRun(log.state);
}

function isClosed(state: RunState, id: string): boolean {
  const settled = state.criteria.find((one) => one.id === id)?.settled?.state;
  return settled === "passed" || settled === "accepted";
}

function requireOpen(state: RunState, id: string): void {
  const { runId } = state.created;
  const criterion = state.criteria.find((one) => one.id === id);
  if (!criterion) {
    throw new OuroborosError({
      code: "not_found",
      message: `Find criterion "${id}" in run "${runId}": it has ${
        state.criteria.map((one) => `"${one.id}"`).join(", ")
      }`,
      hint: `ouroboros status ${runId}`,
    });
  }
  const settled = criterion.settled?.state;
  if (settled === "passed" || settled === "accepted") {
    throw new OuroborosError({
      code: "not_allowed",
      message: `Accept criterion "${id}": it is ${settled} already`,
      hint: `ouroboros receipts ${runId}`,
    });
  }
}
