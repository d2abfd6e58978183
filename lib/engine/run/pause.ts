import type { ErrorCode } from "../../kernel/error.ts";
import type { Outcome } from "../../kernel/outcome.ts";

/** Limits of a provider that end at a time. */
const WINDOWS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["rate_limited", "quota_exhausted"]);

/**
 * Seconds until a provider answers again, where an attempt ended at a limit whose end it named;
 * undefined otherwise. The whole runtime waits then: its copies share the account.
 */
export function pauseSeconds(outcome: Outcome): number | undefined {
  if (outcome.reason === "completed" || outcome.code === undefined) return undefined;
  return WINDOWS.has(outcome.code) ? outcome.retryAfterSeconds : undefined;
}
