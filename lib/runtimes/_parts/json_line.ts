/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The object that a line of JSON Lines holds, or undefined for noise: anything that is not one whole
 * JSON object. Lines that cannot be an object are told by their first character, without a parse.
 */
export function parseJsonLine(line: string): JsonObject | undefined {
  const start = line.charCodeAt(0) === 0x7b ? line : line.trimStart();
  if (start.charCodeAt(0) !== 0x7b) return undefined;
  try {
    return JSON.parse(start) as JsonObject;
  } catch {
    return undefined;
  }
}

/** `value` where it is a JSON object; undefined otherwise. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as JsonObject
    : undefined;
}

/** `value` where it is a list; an empty list otherwise. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `value` where it is text; undefined otherwise. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** `value` where it is a finite number; undefined otherwise. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
