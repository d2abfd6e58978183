import { resetTime } from "./reset_time.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 };
const UNIT = "(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?![a-z])";
const AMOUNT = `(\\d+(?:\\.\\d+)?)\\s*${UNIT}`;
const SPAN = new RegExp(
  `(?:retry|again|resets?|available|wait|next|back)[^\\d\\n]{0,40}?((?:${AMOUNT}[\\s,]*(?:and\\s+)?)+)`,
  "i",
);
const HEADER = /retry[-_ ]?after["']?\s*[:=]\s*["']?(\d+(?:\.\d+)?)(?!\s*(?:ms|[a-z]))/i;

/**
 * Seconds until a rate limit resets, as a provider's text says ("Please try again in 1m30s",
 * "retry-after: 20", "resets 3pm (UTC)"); undefined where it says nothing of it, or a time that is
 * past. Rounded up, at least 1. `saidAt`: when that was said; without it no time of day is read.
 */
export function retryAfterSeconds(text: string, saidAt?: number): number | undefined {
  const header = HEADER.exec(text);
  if (header) return Math.max(1, Math.ceil(Number(header[1])));
  const span = SPAN.exec(text);
  if (!span?.[1]) {
    return saidAt === undefined ? undefined : secondsBetween(saidAt, resetTime(text, saidAt));
  }
  let seconds = 0;
  for (const [, amount, unit] of span[1].matchAll(new RegExp(AMOUNT, "gi"))) {
    seconds += Number(amount) * secondsOf(unit ?? "s");
  }
  return Math.max(1, Math.ceil(seconds));
}

/** Seconds from one time to a later one, both in milliseconds; undefined where one is not known. */
export function secondsBetween(
  from: number | undefined,
  to: number | undefined,
): number | undefined {
  if (from === undefined || to === undefined || to <= from) return undefined;
  return Math.ceil((to - from) / 1000);
}

function secondsOf(unit: string): number {
  const word = unit.toLowerCase();
  return UNITS[word === "ms" || word.startsWith("milli") ? "ms" : word.charAt(0)] ?? 1;
}
