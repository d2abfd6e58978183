/** What quotes open with, and what closes them; typed ones, and those that editors make of them. */
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”", "‘": "’" };

/** A text without the quotes that enclose all of it; others belong to the text. */
export function withoutQuotes(text: string): string {
  const close = QUOTES[text[0] ?? ""];
  if (close === undefined || text.length < 2 || !text.endsWith(close)) return text;
  const inner = text.slice(1, -1);
  return inner.includes(close) || inner.includes(text[0]!) ? text : inner.trim();
}

/** A piece of a text: between blanks, or between quotes that blanks stand around. */
export interface Token {
  /** Without its quotes. */
  text: string;
  quoted: boolean;
  /** Where it stands, quotes included; UTF-16 units. */
  start: number;
  end: number;
}

/**
 * The pieces of a text. Nothing but quotes around a piece has a meaning: an apostrophe and a
 * backslash are themselves.
 */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (let at = nextWord(text, 0); at < text.length; at = nextWord(text, found.at(-1)!.end)) {
    const close = QUOTES[text[at]!];
    const end = close === undefined ? -1 : text.indexOf(close, at + 1);
    const quoted = end > 0 && /^(?:\s|$)/.test(text.slice(end + 1, end + 2));
    found.push(
      quoted
        ? { text: text.slice(at + 1, end), quoted, start: at, end: end + 1 }
        : { ...plainWord(text, at), quoted, start: at },
    );
  }
  return found;
}

function plainWord(text: string, at: number): { text: string; end: number } {
  const blank = text.slice(at).search(/\s/);
  const end = blank < 0 ? text.length : at + blank;
  return { text: text.slice(at, end), end };
}

function nextWord(text: string, from: number): number {
  const ahead = text.slice(from).search(/\S/);
  return ahead < 0 ? text.length : from + ahead;
}
