import { dollarText } from "./dollar_text.ts";
import type { Usage } from "./outcome.ts";

/** Tokens and cost as the provider reported them, in the same words everywhere. */
export function usageText(usage: Usage): string {
  const { inputTokens, cachedInputTokens, outputTokens, reasoningTokens, costUsd } = usage;
  const parts: string[] = [];
  if (inputTokens !== undefined) parts.push(`${inputTokens} tokens read`);
  if (cachedInputTokens) parts.push(`${cachedInputTokens} from a cache`);
  if (outputTokens !== undefined) {
    const reasoning = reasoningTokens ? ` (${reasoningTokens} of them reasoning)` : "";
    parts.push(`${outputTokens + (reasoningTokens ?? 0)} written${reasoning}`);
  }
  if (costUsd !== undefined) parts.push(`${costText(costUsd)} (as reported)`);
  return parts.length > 0 ? parts.join(", ") : "not reported";
}

/** Four digits, as price lists have them; more where those would show nothing. */
function costText(costUsd: number): string {
  return costUsd > 0 && costUsd < 0.001 ? dollarText(costUsd) : `$${costUsd.toFixed(4)}`;
}
