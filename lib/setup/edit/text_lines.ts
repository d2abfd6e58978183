/** The newline that a text uses: that of its first line. */
export function newlineOf(text: string): "\r\n" | "\n" {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
}

/** Offset of the beginning of the line that holds an offset. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** Offset of the end of the line that holds an offset, before its newline. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  if (end === -1) return text.length;
  return end > at && text[end - 1] === "\r" ? end - 1 : end;
}

/** Offset of the beginning of the next line; the text's length on the last one. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end + 1;
}

/** The blanks at the beginning of the line that holds an offset. */
export function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at), lineEnd(text, at)))![0];
}

/** Whether only blanks stand before an offset on its line. */
export function startsLine(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === "";
}

/** Line and column of an offset, both from 1. */
export function lineColumn(text: string, at: number): { line: number; column: number } {
  let line = 1;
  for (let end = text.indexOf("\n"); end !== -1 && end < at; end = text.indexOf("\n", end + 1)) {
    line++;
  }
  return { line, column: at - lineStart(text, at) + 1 };
}

/**
 * Lines as a piece of text to be put at `at`, the beginning of a line or the end of a text: a last
 * line without a newline gets one before, and the text still ends as it did.
 */
export function linesAt(text: string, at: number, lines: readonly string[]): string {
  const newline = newlineOf(text);
  const body = lines.join(newline);
  return at > 0 && text[at - 1] !== "\n" ? newline + body : body + newline;
}
