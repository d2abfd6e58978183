/** Tabs and line breaks stay; what turns the direction of text round goes as well. */
export const CONTROL_CHARACTER =
  // deno-lint-ignore no-control-regex -- control characters are what is looked for
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text of which every character counts (a diff), for a terminal: what it would obey, and what turns
 * the direction of text round, is written out as `<U+202E>`.
 */
export function shownWhole(text: string): string {
  return text.replace(/\r(?=\n)/g, "").replace(
    CONTROL_CHARACTER,
    (one) => `<U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}
