/** `count` of a thing, in words: "1 file", "3 files". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A text cut to `width` columns, with an ellipsis where something was cut; one line. */
export function clip(text: string, width: number): string {
  const line = printable(text.replace(/\s+/g, " ").trim());
  return line.length <= width ? line : `${line.slice(0, Math.max(1, width - 1))}…`;
}

/** Text of others (agents, checks, files) without what a terminal would obey. */
export function printable(text: string): string {
  return text.replace(ESCAPE_SEQUENCE, "").replace(CONTROL_CHARACTER, "");
}

// deno-lint-ignore no-control-regex -- control characters are what is removed
const ESCAPE_SEQUENCE = /\x1b\[[0-9;?]*[ -/]*[@-~]/g;
// deno-lint-ignore no-control-regex -- the same; tabs and line breaks stay
const CONTROL_CHARACTER = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

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

/** A time in the reader's own zone, from the UTC text that is stored. */
export function localTime(utc: string): string {
  const at = new Date(utc);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${
    two(at.getHours())
  }:${two(at.getMinutes())}`;
}

/** Rows as a table: columns padded to their widest cell, two blanks between, no trailing blanks. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => widths[i] = Math.max(widths[i] ?? 0, cell.length));
  }
  return rows.map((row) =>
    row.map((cell, i) => cell.padEnd(widths[i]!)).join("  ").trimEnd() + "\n"
  )
    .join("");
}

/** Named values, one a line; a value that is longer than the screen goes on below itself. */
export function facts(rows: readonly (readonly [string, string])[], columns: number): string {
  const left = Math.max(...rows.map(([name]) => name.length));
  const room = Math.max(20, columns - left - 2);
  return rows.map(([name, value]) => {
    const [first = "", ...rest] = wrap(value, room);
    const more = rest.map((line) => `${" ".repeat(left + 2)}${line}\n`).join("");
    return `${name.padEnd(left)}  ${first}\n${more}`;
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

/** Columns that a text takes: colour codes take none. */
function visible(text: string): number {
  // deno-lint-ignore no-control-regex -- the codes that this program itself writes
  return text.replace(/\x1b\[[0-9;]*m/g, "").length;
}
