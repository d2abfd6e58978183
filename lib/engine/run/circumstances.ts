import { durationText } from "../../kernel/duration_text.ts";
import { endedByCircumstances, isTry } from "./attempt_kind.ts";
import { pauseSeconds } from "./pause.ts";
import { retryReason } from "./retry_reason.ts";
import type { AttemptState, CriterionState, RunState } from "./state.ts";
import type { Step } from "./step.ts";

/**
 * The session that goes on; null where that one is of no more use. An agent that was cut off early
 * may not have named it again.
 */
export function sessionOf(last: AttemptState): string | null {
  const code = last.outcome?.code;
  if (code === "session_lost" || code === "context_too_long") return null;
  return last.sessionId ?? last.session;
}

/** In a row, on one criterion, by one worker: failures of servers and lines that are tried again. */
export const CIRCUMSTANCE_RETRIES = 3;

/** The same for limits whose end the provider names: waiting for them costs nothing but time. */
export const PAUSED_RETRIES = 8;

/** What follows an attempt that circumstances ended: another one, or the end of this worker's work. */
export function afterCircumstances(
  state: RunState,
  criterion: CriterionState,
  last: AttemptState,
): Step {
  const outcome = last.outcome!;
  const mine = last.workerEpoch === (state.worker?.epoch ?? 0);
  const inARow = circumstancesInARow(criterion, last);
  // A session that is gone is no reason to wait: the next one is new.
  const lost = outcome.code === "session_lost" && last.session !== null;
  const pause = pauseSeconds(outcome);
  const tooLong = state.waitedSeconds > state.limits.waitMinutes * 60;
  const helps = pause === undefined
    ? (outcome.retryable === true || lost) && inARow < CIRCUMSTANCE_RETRIES
    : inARow < PAUSED_RETRIES && !tooLong;
  if (mine && !helps) {
    const reason = outcome.message ?? last.why;
    if (pause === undefined || !tooLong) {
      const { code = "agent_failed", hint = null } = outcome;
      return { do: "interrupt", code, reason, hint };
    }
    // What ends the work is the run's own bound on waiting, whatever the provider's limit is.
    return {
      do: "interrupt",
      code: "limit_reached",
      reason: `${reason}; ${tooLongText(state, pause)}`,
      hint: waitHint(state),
    };
  }
  return {
    do: "attempt",
    criterion: criterion.id,
    number: last.number + 1,
    session: sessionOf(last),
    fresh: false,
    merged: false,
    retry: last.decision ? retryReason(last, criterion.id) : last.retry,
    // Where a time was named, the whole runtime waits for it.
    waitSeconds: mine && !lost && pause === undefined ? backoffSeconds(inARow) : 0,
  };
}

function circumstancesInARow(criterion: CriterionState, last: AttemptState): number {
  let inARow = 0;
  for (const attempt of criterion.attempts.toReversed()) {
    const other = attempt.workerEpoch !== last.workerEpoch;
    if (other || !endedByCircumstances(attempt) || isTry(attempt)) break;
    inARow++;
  }
  return inARow;
}

function tooLongText(state: RunState, pause: number): string {
  const most = durationText(state.limits.waitMinutes * 60_000);
  return `to wait ${durationText(pause * 1000)} is more than this run may (${most} in all)`;
}

function waitHint(state: RunState): string {
  const hours = Math.ceil(state.waitedSeconds / 3600);
  return `ouroboros resume ${state.created.runId} later, or with --wait ${hours}h now`;
}

/** 2, 8, 32, … seconds: the CLIs retry by themselves first, so we need not be quick. */
export function backoffSeconds(failures: number): number {
  return 2 * 4 ** (failures - 1);
}
