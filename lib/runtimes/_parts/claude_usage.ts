import { addUsage, type Usage } from "../../kernel/outcome.ts";
import { asNumber, asObject, type JsonObject } from "./json_line.ts";
import { isZeroUsage } from "./usage.ts";

/**
 * What one model answer read. Its output count is a placeholder while it streams (spec §2.3), and so
 * is left for the total at the end.
 */
export function claudeInputUsage(message: JsonObject): Usage | undefined {
  const raw = asObject(message.usage);
  if (!raw) return undefined;
  const usage = clean({
    inputTokens: asNumber(raw.input_tokens),
    cachedInputTokens: asNumber(raw.cache_read_input_tokens),
    cacheWriteTokens: asNumber(raw.cache_creation_input_tokens),
  });
  return isZeroUsage(usage) ? undefined : usage;
}

/**
 * The whole of an attempt, as its result says. `modelUsage` is taken before `usage`: after a cut
 * stream the latter is all zeros although the answer was paid for (spec §2.4).
 */
export function claudeTotalUsage(result: JsonObject): Usage | undefined {
  let total: Usage = {};
  for (const one of Object.values(asObject(result.modelUsage) ?? {})) {
    const raw = asObject(one);
    if (!raw) continue;
    total = addUsage(
      total,
      clean({
        inputTokens: asNumber(raw.inputTokens),
        cachedInputTokens: asNumber(raw.cacheReadInputTokens),
        cacheWriteTokens: asNumber(raw.cacheCreationInputTokens),
        outputTokens: asNumber(raw.outputTokens),
      }),
    );
  }
  if (isZeroUsage(total)) {
    const raw = asObject(result.usage);
    total = raw
      ? clean({
        inputTokens: asNumber(raw.input_tokens),
        cachedInputTokens: asNumber(raw.cache_read_input_tokens),
        cacheWriteTokens: asNumber(raw.cache_creation_input_tokens),
        outputTokens: asNumber(raw.output_tokens),
      })
      : {};
  }
  total = { ...total, ...clean({ costUsd: asNumber(result.total_cost_usd) }) };
  return isZeroUsage(total) ? undefined : total;
}

/** What of `total` was not yet told; never negative. */
export function claudeRest(total: Usage, told: Usage): Usage {
  const rest: Usage = {};
  for (const key of Object.keys(total) as (keyof Usage)[]) {
    rest[key] = Math.max(0, (total[key] ?? 0) - (told[key] ?? 0));
  }
  return rest;
}

function clean(fields: { [Key in keyof Usage]: number | undefined }): Usage {
  const usage: Usage = {};
  for (const [key, value] of Object.entries(fields) as [keyof Usage, number | undefined][]) {
    if (value !== undefined && value >= 0) usage[key] = value;
  }
  return usage;
}
