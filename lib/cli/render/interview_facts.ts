import type { InterviewStyle, InterviewView } from "../interview_view.ts";
import { palette } from "./color.ts";
import { charactersOf, clip, facts, visible } from "./text.ts";

type Facts = InterviewView["facts"]["facts"];

const LABELS: Readonly<Record<Facts[number]["topic"], string>> = {
  language: "Language",
  manifest: "Manifest",
  entry_point: "Starts at",
  test_command: "Tests",
  build_command: "Build",
  git: "Git",
  convention: "Convention",
  other: "Also",
};

/** More would push the draft off a small screen. */
const MOST_FACTS = 10;

/** What was found in the project before anybody was asked; a title alone where nothing was. */
export function interviewFactsText(found: Facts, style: InterviewStyle): string {
  const paint = palette(style.color);
  if (found.length === 0) return `${paint.strong("Found in the project")}: nothing yet\n`;
  const width = Math.max(30, style.columns);
  const rows = found.slice(0, MOST_FACTS).map((one): [string, string] => {
    const source = one.source === null ? "" : `  (${clip(one.source, 40)})`;
    const room = Math.max(20, width * 2 - 30 - visible(source));
    return [`  ${LABELS[one.topic]}`, `${clip(one.text, room)}${source}`];
  });
  const more = found.length - MOST_FACTS;
  if (more > 0) rows.push(["", `and ${more} more`]);
  return `${paint.strong("Found in the project")}\n${facts(broken(rows, width), width)}`;
}

/** Rows of which no word is wider than its room, so that no line is wider than the screen. */
export function broken(
  rows: readonly (readonly [string, string])[],
  columns: number,
): [string, string][] {
  const room = Math.max(16, columns - Math.max(...rows.map(([name]) => visible(name))) - 2);
  return rows.map(([name, value]) => [name, brokenText(value, room)]);
}

/** Fewer columns at the end of a line are not worth a part of a word. */
const LEAST_PART = 4;

/**
 * A text with blanks in each word that is wider than `width`, as a path or another script has, put
 * so that lines of that width are filled.
 */
export function brokenText(text: string, width: number): string {
  let column = 0;
  return text.split(" ").map((word) => {
    const columns = visible(word);
    const start = column === 0 ? 0 : column + 1;
    if (columns <= width) {
      column = start + columns <= width ? start + columns : columns;
      return word;
    }
    const parts = partsOf(word, width - start >= LEAST_PART ? width - start : width, width);
    column = visible(parts.at(-1)!);
    return parts.join(" ");
  }).join(" ");
}

/** A word in parts of at most `width` columns, the first one of at most `first`. */
function partsOf(word: string, first: number, width: number): string[] {
  const parts: string[] = [""];
  for (const character of charactersOf(word)) {
    const room = parts.length === 1 ? first : width;
    if (visible(parts.at(-1)! + character) > room) parts.push("");
    parts[parts.length - 1] += character;
  }
  return parts;
}
