import type { EditFormat } from "./edit/change.ts";
import { edit, readEntry } from "./edit/edit.ts";
import type { EditProblem } from "./edit/edit_problem.ts";
import { editValueOf } from "./edit/plain.ts";
import { lostComments } from "./lost_comments.ts";

/**
 * A text without an entry that no receipt knows: the text from which the entry's setting makes this
 * very one, where that can be told, so that a blank line or an empty mapping is there again or is
 * gone. Else the entry goes with the mappings that it leaves empty, unless a comment of somebody's
 * would go with those.
 */
export function withoutEntry(
  format: EditFormat,
  text: string,
  keyPath: readonly string[],
): { ok: true; text: string } | { ok: false; problem: EditProblem } {
  const entry = readEntry(format, text, keyPath);
  const value = entry.ok && entry.state === "present" ? editValueOf(entry.value) : undefined;
  const remove = (emptyParents: number) =>
    edit(format, text, [{ op: "remove", path: keyPath, emptyParents }]);
  const usual = remove(keyPath.length - 1);
  if (!usual.ok) return usual;
  const careful = remove(0);
  const candidates = [usual.text, ...withoutBlank(usual.text, text)];
  if (careful.ok) {
    const { text: left } = careful;
    candidates.push(...closed(left, text), left, ...withoutBlank(left, text));
  }
  const made = value === undefined ? undefined : candidates.find((one) => {
    const again = edit(format, one, [{ op: "set", path: keyPath, value }]);
    return again.ok && again.text === text;
  });
  if (made !== undefined) return { ok: true, text: made };
  const loses = (after: string) => lostComments(format, { before: text, after, ours: [] }).length;
  return careful.ok && loses(careful.text) < loses(usual.text) ? careful : usual;
}

/** A text with one blank line less, where another text differs from it. */
function withoutBlank(text: string, other: string): string[] {
  const lines = text.split("\n");
  const index = text.slice(0, difference(text, other)).split("\n").length - 1;
  return [index - 1, index, index + 1]
    .filter((one) => one < lines.length && lines[one]?.trim() === "")
    .map((one) => lines.toSpliced(one, 1).join("\n"));
}

/** A text with an empty mapping on one line, where another text differs from it. */
function closed(text: string, other: string): string[] {
  const start = text.lastIndexOf("{", difference(text, other));
  const [empty] = start === -1 ? [] : /^\{\s+\}/.exec(text.slice(start)) ?? [];
  return empty === undefined
    ? []
    : [`${text.slice(0, start)}{}${text.slice(start + empty.length)}`];
}

function difference(text: string, other: string): number {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at++;
  return at;
}
