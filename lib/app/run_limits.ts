import type { RunLimits } from "../engine/run/events.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { RuntimeDefinition } from "../runtimes/definition.ts";

/** Limits as they were typed; what is left out stays as it is. */
export interface LimitWords {
  attempts?: number | undefined;
  minutes?: number | undefined;
  maxTokens?: number | undefined;
  maxUsd?: number | undefined;
  jobs?: number | undefined;
  /** Longest wait for a provider's limits, in milliseconds. */
  waitMs?: number | undefined;
}

/**
 * Gives the limits back where the runtime reports what they count: a ceiling that cannot hold is
 * none. Errors: usage.
 */
export function countable(
  definition: Pick<RuntimeDefinition, "title" | "capabilities">,
  limits: RunLimits,
): RunLimits {
  const { usage, cost } = definition.capabilities;
  if (limits.maxUsd !== null && cost === "unknown") {
    throw new OuroborosError({
      code: "usage",
      message: `Hold the run to $${limits.maxUsd}: ${definition.title} reports no cost`,
      hint: usage === "none"
        ? "Use --minutes, or a --runtime that reports it: ouroboros runtimes"
        : "Use --max-tokens, or a --runtime that reports it: ouroboros runtimes",
    });
  }
  if (limits.maxTokens !== null && usage === "none") {
    throw new OuroborosError({
      code: "usage",
      message: `Hold the run to ${limits.maxTokens} tokens: ${definition.title} reports none`,
      hint: "Use --minutes, or a --runtime that reports them: ouroboros runtimes",
    });
  }
  return limits;
}

/** Limits of a run with those that were typed in their place. */
export function changedLimits(limits: RunLimits, typed: LimitWords): RunLimits {
  return {
    attempts: typed.attempts ?? limits.attempts,
    minutes: typed.minutes ?? limits.minutes,
    maxTokens: typed.maxTokens ?? limits.maxTokens,
    maxUsd: typed.maxUsd ?? limits.maxUsd,
    jobs: typed.jobs ?? limits.jobs,
    waitMinutes: typed.waitMs === undefined ? limits.waitMinutes : typed.waitMs / 60_000,
  };
}

/** What a person agrees to when they agree to a run: how often, how long and for how much. */
const AGREED = ["attempts", "minutes", "maxTokens", "maxUsd"] as const;

/**
 * Whether a run may do or cost more than before. How many work at once, and how long a provider's
 * limits are waited for, is not counted: neither makes a try more or dearer.
 */
export function allowsMore(next: RunLimits, before: RunLimits): boolean {
  return AGREED.some((name) => (next[name] ?? Infinity) > (before[name] ?? Infinity));
}
