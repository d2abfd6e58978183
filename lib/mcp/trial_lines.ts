import type { TrialCommand } from "../app/interview/interview_hooks.ts";
import { commandLine, commandLines } from "../kernel/command_lines.ts";

/** What trying a seed runs, each command whole, with the files that the seed brings for it. */
export function trialLines(commands: readonly TrialCommand[]): string[] {
  return commands.map(({ criterion, run, hidden, files }) => {
    const what = criterion === null ? "first" : `criterion ${criterion}`;
    const brings = files.length === 0 ? "" : ` [brings ${commandLine(files.join(", "))}]`;
    const [head = "", ...more] = commandLines(run);
    const lines = [`${what}: ${head}`, ...more.map((line) => `    ${line}`)];
    return `- ${lines.join("\n")}${hidden ? " [hidden]" : ""}${brings}`;
  });
}
