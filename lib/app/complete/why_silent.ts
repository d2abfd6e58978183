import type { ErrorCode } from "../../kernel/error.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import type { RuntimeDefinition } from "../../runtimes/definition.ts";

/** Limits of a provider, for the end of which some CLIs wait by themselves, in silence. */
const WAITED_FOR: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["rate_limited", "quota_exhausted"]);

/**
 * Of a call that was ended for its silence, the limit of its provider that it waited for by its own
 * last warning: whoever asked is to hear of that, not of a limit of ours.
 */
export function whySilent(
  outcome: Outcome,
  warned: string | undefined,
  { title, failures }: Pick<RuntimeDefinition, "title" | "failures">,
): Outcome {
  if (outcome.reason !== "timed_out" || warned === undefined) return outcome;
  const rule = failures.find((one) => one.match.test(warned));
  if (rule === undefined || !WAITED_FOR.has(rule.code)) return outcome;
  return {
    ...outcome,
    code: rule.code,
    message: `${title} waited for its provider, which said: ${warned}`,
    retryable: true,
    hint: rule.hint.replaceAll("$1", ""),
  };
}

/** Whether a warning says that a CLI waits and tries again by itself. */
export function triesAgain(warning: string): boolean {
  return /reconnecting|retrying|waiting for network|rate.?limit|\b429\b/i.test(warning);
}
