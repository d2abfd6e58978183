import { CONTROL_CHARACTER } from "../../kernel/shown_whole.ts";

/** `count` of a thing, in words: "1 file", "3 files". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A text cut to `width` columns, with an ellipsis where something was cut; one line. */
export function clip(text: string, width: number): string {
  // Of a long text only what could be shown is looked at: an agent may say megabytes.
  const start = text.trimStart().slice(0, LOOKED_AT + width);
  const line = printable(start.replace(/\s+/g, " ").trim());
  if (visible(line) <= width) return line;
  let kept = "";
  let left = Math.max(1, width - 1);
  for (const character of charactersOf(line)) {
    left -= visible(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

const LOOKED_AT = 4096;
let segmenter: Intl.Segmenter | undefined;

/** What a person takes for characters, one by one. */
export function charactersOf(text: string): string[] {
  return [...characters().segment(text)].map((one) => one.segment);
}

/**
 * What a person takes for one character; a cut never goes through one. Made at its first use: to make
 * it takes as long as half of a start of this program.
 */
function characters(): Intl.Segmenter {
  return segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
}

/** Text of others (agents, checks, files) without what a terminal would obey. */
export function printable(text: string): string {
  return text.replace(ESCAPE_SEQUENCE, "").replace(CONTROL_CHARACTER, "");
}

// deno-lint-ignore no-control-regex -- control characters are what is removed
const ESCAPE_SEQUENCE = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)/g;
/** A duration for people: "850 ms", "12.3 s", "4 min 10 s", "2 h 5 min". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
}

/** A size for people, in powers of 1000: "12 B", "3.4 kB", "1.2 GB". */
export function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Rows as a table: columns padded to their widest cell, two blanks between, no trailing blanks. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => widths[i] = Math.max(widths[i] ?? 0, visible(cell)));
  }
  const padded = (cell: string, i: number) => cell + " ".repeat(widths[i]! - visible(cell));
  return rows.map((row) => `${row.map(padded).join("  ").trimEnd()}\n`).join("");
}

/** Named values, one a line; a value that is longer than the screen goes on below itself. */
export function facts(rows: readonly (readonly [string, string])[], columns: number): string {
  const left = Math.max(...rows.map(([name]) => visible(name)));
  const room = Math.max(16, columns - left - 2);
  return rows.map(([name, value]) => {
    const [first = "", ...rest] = wrap(value, room);
    const more = rest.map((line) => `${" ".repeat(left + 2)}${line}\n`).join("");
    return `${name}${" ".repeat(left - visible(name))}  ${first}`.trimEnd() + `\n${more}`;
  }).join("");
}

/** A text in lines of at most `width` columns, broken at blanks; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && visible(line) + 1 + visible(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Columns that a text takes on a terminal: colour codes take none, wide characters two. */
export function visible(text: string): number {
  // deno-lint-ignore no-control-regex -- the codes that this program itself writes
  const plain = text.replace(/\x1b\[[0-9;]*m/g, "");
  if (!BEYOND_LATIN.test(plain)) return plain.length;
  let columns = 0;
  for (const character of plain) {
    columns += TAKES_NONE.test(character) ? 0 : TAKES_TWO.test(character) ? 2 : 1;
  }
  return columns;
}

const BEYOND_LATIN = /[^\0-\u02ff]/;
const TAKES_NONE = /[\p{Mn}\p{Me}\u200b-\u200d\ufe00-\ufe0f]/u;
/** East Asian wide and full-width characters, and those that are drawn as pictures. */
const TAKES_TWO =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
