import { brokenText } from "./interview_facts.ts";
import { shownWhole, wrap } from "./text.ts";

/**
 * A command in its own lines, all of it: whoever says yes to it says yes to each of them. A line that
 * another one follows ends in "⏎", or what comes after a `#` would look like a part of that comment.
 * What a terminal would obey is written out, and so is a gap that would push the rest out of sight.
 */
export function commandLines(run: string): string[] {
  const lines = run.replace(/[ \t\n]+$/, "").split("\n");
  return lines.map((line, at) => {
    const shown = shownWhole(line.replaceAll("\t", "  ")).replace(WIDE_GAP, gapText);
    if (at === lines.length - 1) return shown;
    return shown === "" ? "⏎" : `${shown} ⏎`;
  });
}

/** The same in one line, for a place that names a command which is shown whole elsewhere. */
export function commandLine(run: string): string {
  return commandLines(run).map((line) => line.trim()).join(" ");
}

/**
 * The same for a screen: wrapped, the first line moved `indent` columns to the right and the others
 * further, `tail` behind the last one.
 */
export function commandBlock(
  run: string,
  options: { indent: number; width: number; tail?: string },
): string[] {
  const { indent, width, tail = "" } = options;
  const lines = commandLines(run);
  return lines.flatMap((line, at) => {
    const text = line.trimStart();
    const own = Math.min(line.length - text.length, MOST_INDENT);
    const left = indent + (at === 0 ? 0 : 2 + own);
    const room = Math.max(20, width - left);
    const whole = at === lines.length - 1 ? `${text}${tail}` : text;
    return wrap(brokenText(whole, room), room).map((part) => `${" ".repeat(left)}${part}`);
  });
}

/** A script's own indentation beyond this says nothing more. */
const MOST_INDENT = 8;

/** More blanks between two words than anybody lines things up with. */
const WIDE_GAP = /(?<=\S) {17,}(?=\S)/g;

function gapText(blanks: string): string {
  return ` <${blanks.length} blanks> `;
}
