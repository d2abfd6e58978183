import type { CannotRun } from "../kernel/check_run.ts";
import type { CommandSpec } from "./run_command.ts";
import { trouble } from "./trouble.ts";

/** How a shell says that it cannot read its line: it did the same when it was only asked to read it. */
const SHELL = /^\S*sh: .*(?:[Ss]yntax error|unexpected EOF|parse error)/m;
/** Seconds that reading one line takes at the most. */
const READ_SECONDS = 10;

/** An interpreter that was given its program in the command itself. */
const INLINE = [
  {
    name: "Python",
    form: /(?:^|[\s/])python[\d.]*(?:\s+-[A-Za-z]+)*?\s+-[A-Za-z]*c\s/,
    says: pythonSays,
  },
  {
    name: "Node",
    form: /(?:^|[\s/])node(?:\s+-\S+)*?\s+(?:-e|-p|-pe|--eval|--print)[\s=]/,
    says: nodeSays,
  },
] as const;

/**
 * Why a command that failed can never do anything else: the shell cannot read it, or the program that
 * stands in it is none. No work changes that. Undefined where that cannot be told for sure.
 */
export async function troubleReading(
  spec: Pick<CommandSpec, "run" | "processes" | "surroundings">,
  output: string,
): Promise<CannotRun | undefined> {
  if (SHELL.test(output) && !await shellReads(spec)) {
    return trouble("not_started", "the shell cannot read this command");
  }
  if (!isPlain(spec.run)) return undefined;
  const found = INLINE.find(({ form, says }) => form.test(spec.run) && says(output));
  if (!found) return undefined;
  return trouble("not_started", `${found.name} cannot read the program in this command`);
}

/** Whether a shell that runs nothing can read the line. */
async function shellReads(
  { run, processes, surroundings }: Pick<CommandSpec, "run" | "processes" | "surroundings">,
): Promise<boolean> {
  const child = await processes.start({
    argv: ["sh", "-n", "-c", run],
    cwd: "/",
    env: { values: { PATH: surroundings.path } },
    limits: { totalMs: READ_SECONDS * 1000, outputBytes: 65_536, lineBytes: 4096 },
    label: "reading of a check's command",
  });
  const { code } = await child.ended;
  // What did not end says nothing.
  return code === 0 || code === null;
}

/** Commands one after the other, in which nothing is expanded: another program may have failed else. */
function isPlain(run: string): boolean {
  const outside = run.replace(/'[^']*'/g, "''");
  if (/[$`]/.test(outside)) return false;
  return !/[|;\n!]/.test(outside.replace(/"(?:[^"\\]|\\.)*"/g, '""'));
}

/** The program itself was not read: nothing of it ran, so that there is no way to where it failed. */
function pythonSays(output: string): boolean {
  return /^\s*File "<string>", line \d+$/m.test(output) &&
    !output.includes("Traceback (most recent") &&
    /^(?:SyntaxError|IndentationError|TabError): /m.test(output);
}

function nodeSays(output: string): boolean {
  const [first] = output.split(/^\s+at /m, 1);
  return /^\[eval\]:\d+$/m.test(first!) && /^SyntaxError: /m.test(first!) &&
    !/^\s+at (?:.*\()?\[eval\]:/m.test(output);
}
