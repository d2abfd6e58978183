import { shownWhole } from "./shown_whole.ts";

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

/** More blanks between two words than anybody lines things up with. */
const WIDE_GAP = /(?<=\S) {17,}(?=\S)/g;

function gapText(blanks: string): string {
  return ` <${blanks.length} blanks> `;
}
