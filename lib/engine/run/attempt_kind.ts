import type { ErrorCode } from "../../kernel/error.ts";
import type { AttemptState } from "./state.ts";

/** What an agent could do nothing about: such an attempt says nothing about the work. */
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
 * Whether circumstances ended an attempt (no sign-in, no server, a cancel, a worker that died)
 * before it changed anything. Where it did change something, its work is looked at like any other.
 */
export function blamesCircumstances(attempt: AttemptState): boolean {
  const { outcome } = attempt;
  if (!outcome || outcome.reason === "completed" || attempt.changed > 0) return false;
  return outcome.code !== undefined && CIRCUMSTANCES.has(outcome.code);
}

/** Whether an attempt counts against the number of tries; one that we cut off ourselves does not. */
export function isTry(attempt: AttemptState): boolean {
  return attempt.outcome !== null && attempt.outcome.reason !== "cancelled" &&
    !blamesCircumstances(attempt);
}
