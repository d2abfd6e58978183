import type { TrialCommand } from "../../app/interview/interview_hooks.ts";
import type { InterviewStyle } from "../interview_view.ts";
import { palette } from "./color.ts";
import { commandLine } from "../../kernel/command_lines.ts";
import { commandBlock } from "./command_text.ts";

/** What the trial of a seed runs on this machine, whole, each with the files that it brings. */
export function interviewCommandsText(
  commands: readonly TrialCommand[],
  style: InterviewStyle,
): string {
  const paint = palette(style.color);
  const width = Math.max(30, style.columns);
  const lines = commands.flatMap(({ criterion, run, hidden, files }) => {
    const brings = files.length === 0 ? "" : ` [brings ${commandLine(files.join(", "))}]`;
    const tail = `${hidden ? " [hidden]" : ""}${brings}`;
    const mark = criterion ?? "first";
    const [head = "", ...more] = commandBlock(run, { indent: mark.length + 3, width, tail });
    return [`  ${mark} ${head.trimStart()}`, ...more];
  });
  return `${paint.strong("Runs in a copy of the project, as you")}\n${lines.join("\n")}\n`;
}
