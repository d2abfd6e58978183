import type { RunState } from "../../engine/run/state.ts";
import type { Usage } from "../../kernel/outcome.ts";

/** Tokens that a report counts, read and written, cached ones included; unknown ones count nothing. */
export function tokensOf(usage: Usage): number {
  return (usage.inputTokens ?? 0) + (usage.cachedInputTokens ?? 0) +
    (usage.cacheWriteTokens ?? 0) + (usage.outputTokens ?? 0) + (usage.reasoningTokens ?? 0);
}

/** Whether a run has used up the tokens that it may use. */
export function tokensUsedUp(state: RunState): boolean {
  const { maxTokens } = state.limits;
  return maxTokens !== null && tokensOf(state.usage) >= maxTokens;
}

/** Counts one attempt's tokens on top of the run's, and aborts when the run's limit is reached. */
export function tokenGuard(state: RunState): { signal: AbortSignal; count(usage: Usage): void } {
  const { maxTokens } = state.limits;
  const controller = new AbortController();
  let used = tokensOf(state.usage);
  return {
    signal: controller.signal,
    count(usage) {
      used += tokensOf(usage);
      if (maxTokens !== null && used >= maxTokens) controller.abort();
    },
  };
}
