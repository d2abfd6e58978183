import type { ErrorCode } from "../../kernel/error.ts";
import type { AttemptState } from "./state.ts";

/** What an agent could do nothing about. */
const CIRCUMSTANCES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "not_signed_in",
  "not_configured",
  "rate_limited",
  "quota_exhausted",
  "model_unknown",
  "server_error",
  "connection_failed",
  "stream_cut",
  "session_lost",
  "not_started",
  "program_missing",
  "runtime_missing",
  "depth_exceeded",
  "prompt_too_large",
  "prompt_empty",
  "request_invalid",
  "disk_full",
  "recording_invalid",
  "recording_exhausted",
  "cancelled",
]);

/**
 * Whether circumstances ended an attempt (no sign-in, no server, a cancel, a worker that died), and
 * not the agent. Where it had changed something, its work is looked at like any other.
 */
export function endedByCircumstances(attempt: AttemptState): boolean {
  const { outcome } = attempt;
  if (!outcome || outcome.reason === "completed") return false;
  return outcome.reason === "cancelled" ||
    (outcome.code !== undefined && CIRCUMSTANCES.has(outcome.code));
}

/**
 * Whether an attempt counts against the number of tries: circumstances do not use one up, unless
 * what was done until then was enough.
 */
export function isTry(attempt: AttemptState): boolean {
  return attempt.outcome !== null &&
    (!endedByCircumstances(attempt) || attempt.decision?.verdict === "passed");
}

/**
 * Tries that a criterion has used up. Its first conflict is none of them: the work was good, and
 * others were faster. After it nobody else is at work, so that a second one is no accident.
 */
export function triesUsed(attempts: readonly AttemptState[]): number {
  const tries = attempts.filter(isTry);
  return tries.length - (tries.some((one) => one.conflict !== null) ? 1 : 0);
}
