/** What of a language's text is no code. */
export interface Lexis {
  comments: RegExp;
  strings: RegExp;
}

/** A text to be inserted; offsets are those of the text before any insertion. */
export interface Edit {
  at: number;
  text: string;
}

/**
 * A source text beside a copy of equal length in which comments are blanks and strings are quotes,
 * so that what is found in the copy is code. Good enough to find functions; no parser.
 */
export interface MaskedSource {
  readonly text: string;
  readonly code: string;
}

/** Masks a text. Line breaks stay where they are. */
export function maskedSource(text: string, lexis: Lexis): MaskedSource {
  const quiet = new RegExp(`(${lexis.comments.source})|(?:${lexis.strings.source})`, "gm");
  const code = text.replace(
    quiet,
    (match: string, comment: string | undefined) =>
      match.replace(/[^\n]/g, comment === undefined ? '"' : " "),
  );
  return { text, code };
}

/** Applies insertions, in any order. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { at, text: added } of [...edits].sort((a, b) => b.at - a.at)) {
    result = result.slice(0, at) + added + result.slice(at);
  }
  return result;
}

const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Offset of the bracket that closes the one at `open`; undefined where none does. */
export function closingBracket(code: string, open: number): number | undefined {
  const waiting: string[] = [];
  for (let at = open; at < code.length; at++) {
    const closer = CLOSERS[code[at]!];
    if (closer !== undefined) waiting.push(closer);
    else if (code[at] === waiting.at(-1)) {
      waiting.pop();
      if (waiting.length === 0) return at;
    }
  }
  return undefined;
}

/** Offset of the first character from `from` on that is no white space. */
export function nextCode(code: string, from: number): number {
  let at = from;
  while (at < code.length && /\s/.test(code[at]!)) at++;
  return at;
}
