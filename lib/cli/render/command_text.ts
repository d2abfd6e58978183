import { commandLines } from "../../kernel/command_lines.ts";
import { brokenText } from "./interview_facts.ts";
import { wrap } from "./text.ts";

/**
 * A command for a screen, all of it (see {@link commandLines}): wrapped, the first line moved `indent`
 * columns to the right and the others further, `tail` behind the last one.
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
