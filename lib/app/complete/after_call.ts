import {
  backoffSeconds,
  CIRCUMSTANCE_RETRIES,
  PAUSED_RETRIES,
} from "../../engine/run/circumstances.ts";
import { pauseSeconds } from "../../engine/run/pause.ts";
import { durationText } from "../../kernel/duration_text.ts";
import type { ErrorCode } from "../../kernel/error.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import type { AnswerFailure } from "./completion.ts";

/** Trying these again costs the same and gives the same. */
const FINAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "timed_out",
  "truncated_response",
  "turn_limit",
]);

/** What was tried so far. */
export interface Tried {
  /** Calls of this turn, the last one among them. */
  tries: number;
  /** For limits of the provider, so far. */
  waitedMs: number;
  mostWaitMs: number;
  /** Until all of the question's time is over. */
  leftMs: number;
}

/** What follows a call without an answer: the same again after a wait, or the end. */
export function afterCall(
  outcome: Outcome,
  tried: Tried,
): { waitSeconds: number; limit: boolean } | { failure: AnswerFailure } {
  const { code = "agent_failed", message = "It ended without saying why" } = outcome;
  const pause = pauseSeconds(outcome);
  const waitSeconds = pause ?? backoffSeconds(tried.tries);
  const inTime = waitSeconds * 1000 < tried.leftMs &&
    (pause === undefined || tried.waitedMs + pause * 1000 <= tried.mostWaitMs);
  const helps = outcome.reason === "failed" && !FINAL.has(code) &&
    (pause === undefined
      ? outcome.retryable === true && tried.tries < CIRCUMSTANCE_RETRIES
      : tried.tries < PAUSED_RETRIES);
  if (helps && inTime) return { waitSeconds, limit: pause !== undefined };
  const hint = pause === undefined
    ? outcome.hint
    : `Try again in ${durationText(pause * 1000)}, or ask another runtime: --runtime NAME`;
  return {
    failure: {
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      retryable: outcome.retryable === true || pause !== undefined,
      ...(outcome.retryAfterSeconds === undefined
        ? {}
        : { retryAfterSeconds: outcome.retryAfterSeconds }),
    },
  };
}
