import { withoutSecrets } from "../../config/secret_like.ts";

/** The part of a text that a change touches, line by line. */
export interface ChangedLines {
  /** Of the first line, from 1. */
  line: number;
  removed: readonly string[];
  added: readonly string[];
}

/**
 * The lines in which two texts differ, from the first such line to the last; null for equal texts.
 * What may be a secret is not shown: other values may stand on the same line.
 */
export function changedLines(
  before: string,
  after: string,
  redact: (text: string) => string = (text) => text,
): ChangedLines | null {
  if (before === after) return null;
  const [old, fresh] = [linesOf(before), linesOf(after)];
  let first = 0;
  while (first < old.length && first < fresh.length && old[first] === fresh[first]) first++;
  let last = 0;
  while (
    last < old.length - first && last < fresh.length - first &&
    old.at(-1 - last) === fresh.at(-1 - last)
  ) last++;
  const show = (lines: readonly string[]) =>
    lines.slice(first, lines.length - last).map((line) => withoutSecrets(redact(line.trimEnd())));
  return { line: first + 1, removed: show(old), added: show(fresh) };
}

/** Lines with their ends: a last line without one differs from the same line with it. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
