const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** What a duration looks like as text: `500ms`, `90s`, `5m`, `1.5h`, or seconds without a unit. */
export const DURATION = /^\s*(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|h)?\s*$/;

/** Milliseconds of `90s`, `5m`, `1h`, `500ms`, or of a plain number of seconds; null for anything else. */
export function durationMs(value: string | number): number | null {
  if (typeof value === "number") {
    return Number.isFinite(value) && value >= 0 ? Math.round(value * 1000) : null;
  }
  const match = DURATION.exec(value);
  return match ? Math.round(Number(match[1]) * UNIT_MS[match[2] ?? "s"]!) : null;
}
