import type { Splice } from "./change.ts";
import { indentAt, lineEnd, lineStart, newlineOf, nextLine, startsLine } from "./text_lines.ts";

/** Members or items between brackets: JSON, YAML's flow style, TOML's arrays and inline tables. */
export interface Bracketed {
  text: string;
  /** Offset behind the opening bracket. */
  open: number;
  /** Offset of the closing bracket. */
  close: number;
  items: readonly { start: number; end: number }[];
  comments: "#" | "//";
}

/** How a new member is written. */
export interface NewItem {
  /** Its text; `indent` is that of its line, null where everything stands on one line. */
  render(indent: string | null): string;
  /** One more level of indentation. */
  unit: string;
  /** In empty brackets: everything on one line; `""` or a blank beside the brackets. */
  inline: boolean;
  padding: string;
  /** Blank behind a comma on one line. */
  space: string;
}

/** Puts one more member at the end; a comment beside the last one stays beside it. */
export function appendItem(list: Bracketed, item: NewItem): Splice {
  const { text } = list;
  const newline = newlineOf(text);
  const [first, last] = [list.items[0], list.items.at(-1)];
  if (first === undefined || last === undefined) return intoEmpty(list, item);
  const comma = commaAfter(list, last.end);
  if (!text.slice(list.open, first.start).includes("\n")) {
    const body = item.render(null);
    return comma === undefined
      ? insertion(last.end, `,${item.space}${body}`)
      : insertion(comma + 1, `${item.space}${body},`);
  }
  const indent = indentAt(text, first.start);
  const body = newline + indent + item.render(indent);
  const behind = comma === undefined ? last.end : comma + 1;
  const end = quietLineEnd(list, behind);
  if (comma !== undefined) return insertion(end ?? behind, `${body},`);
  const comment = end === undefined ? "" : text.slice(behind, end);
  return comment.trim() === ""
    ? insertion(behind, `,${body}`)
    : { start: behind, end: end ?? behind, text: `,${comment}${body}` };
}

function intoEmpty(list: Bracketed, item: NewItem): Splice {
  const { text, open, close } = list;
  const newline = newlineOf(text);
  const inner = text.slice(open, close);
  const base = indentAt(text, open);
  const indent = base + item.unit;
  if (inner.includes("\n")) {
    const end = quietLineEnd(list, open);
    const body = newline + indent + item.render(indent);
    return end === undefined ? insertion(open, body + newline + base) : insertion(end, body);
  }
  const end = inner.trim() === "" ? close : open;
  if (item.inline) {
    return { start: open, end, text: item.padding + item.render(null) + item.padding };
  }
  return { start: open, end, text: newline + indent + item.render(indent) + newline + base };
}

/** Takes one member out with its comma, and its line where it has one of its own. */
export function removeItem(list: Bracketed, index: number): Splice {
  const { text, items } = list;
  const item = items[index]!;
  const previous = items[index - 1];
  const next = items[index + 1];
  const comma = commaAfter(list, item.end);
  const behind = comma === undefined ? item.end : comma + 1;
  const end = quietLineEnd(list, behind);
  if (
    startsLine(text, item.start) && end !== undefined && lineStart(text, item.start) > list.open
  ) {
    const start = lineStart(text, item.start);
    if (comma !== undefined || previous === undefined) {
      return { start, end: nextLine(text, end), text: "" };
    }
    // The last one leaves: the comma of the one before goes, a comment behind it stays.
    const before = commaAfter(list, previous.end)!;
    return { start: before, end, text: text.slice(before + 1, lineEnd(text, start - 1)).trimEnd() };
  }
  if (comma !== undefined) {
    const gap = next === undefined ? undefined : text.slice(behind, next.start);
    return { start: item.start, end: gap?.trim() === "" ? next!.start : behind, text: "" };
  }
  if (previous !== undefined) {
    return { start: commaAfter(list, previous.end)!, end: item.end, text: "" };
  }
  const alone = text.slice(list.open, item.start).trim() === "" &&
    text.slice(item.end, list.close).trim() === "";
  return alone
    ? { start: list.open, end: list.close, text: "" }
    : { start: item.start, end: item.end, text: "" };
}

/** Offset of the comma behind a member; undefined when the closing bracket comes first. */
function commaAfter(list: Bracketed, from: number): number | undefined {
  const { text, close } = list;
  for (let at = from; at < close;) {
    const comment = commentAt(list, at);
    if (comment !== undefined) at = comment;
    else if (text[at] === ",") return at;
    else at++;
  }
  return undefined;
}

/** End of the line, when only blanks and whole comments stand before it; else undefined. */
function quietLineEnd(list: Bracketed, from: number): number | undefined {
  const { text, close } = list;
  const end = lineEnd(text, from);
  if (end > close) return undefined;
  for (let at = from; at < end;) {
    const comment = commentAt(list, at);
    if (comment !== undefined) at = comment;
    else if (text[at] === " " || text[at] === "\t") at++;
    else return undefined;
    if (at > end) return undefined;
  }
  return end;
}

/** Where the comment that begins at an offset ends; undefined when none does. */
function commentAt({ text, comments }: Bracketed, at: number): number | undefined {
  if (text.startsWith(comments, at)) return lineEnd(text, at);
  if (comments !== "//" || !text.startsWith("/*", at)) return undefined;
  const end = text.indexOf("*/", at + 2);
  return end === -1 ? text.length : end + 2;
}

function insertion(at: number, text: string): Splice {
  return { start: at, end: at, text };
}
