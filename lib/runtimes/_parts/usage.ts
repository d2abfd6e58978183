import type { Usage } from "../../kernel/outcome.ts";

const FIELDS = [
  "inputTokens",
  "cachedInputTokens",
  "cacheWriteTokens",
  "outputTokens",
  "reasoningTokens",
  "costUsd",
] as const;

/**
 * What was used since `earlier`, for CLIs that report running totals. A total below the earlier one
 * means that the count began anew: then all of it is new. Unknown stays unknown; never negative.
 */
export function usageSince(total: Usage, earlier: Usage): Usage {
  const began = FIELDS.some((key) => (total[key] ?? 0) < (earlier[key] ?? 0));
  const fresh: Usage = {};
  for (const key of FIELDS) {
    const value = total[key];
    if (value !== undefined) fresh[key] = value - (began ? 0 : earlier[key] ?? 0);
  }
  return fresh;
}

/** Whether a report says that nothing at all was used (or says nothing). */
export function isZeroUsage(usage: Usage): boolean {
  return FIELDS.every((key) => (usage[key] ?? 0) === 0);
}
