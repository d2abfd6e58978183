import type { App, AppPorts } from "../app/app.ts";
import { type Environment, readEnvironment } from "../config/environment.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import { EXIT, type ExitCode } from "../kernel/exit_code.ts";
import type { Output } from "../kernel/output.ts";
import { asTyped } from "./as_typed.ts";
import type { Command, Deliveries } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { commandsUnder, findCommand } from "./find_command.ts";
import { firstScreen, groupPage, helpPage, overview } from "./help.ts";
import { readWords } from "./read_words.ts";
import { printable } from "./render/text.ts";

/** What the command line needs from its surroundings. */
export interface CliParts
  extends Pick<AppPorts, "clock" | "random" | "cwd" | "self" | "version" | "skillsDir"> {
  argv: readonly string[];
  /** The streams of this process, given the terminal's variables. */
  makeOutput(variables: Readonly<Record<string, string>>): Output;
  interrupt: AbortSignal;
  deliveries: Deliveries;
}

/** Runs one command line to its end and gives the exit code; errors are printed, never thrown. */
export async function runCli(parts: CliParts): Promise<ExitCode> {
  const environment = readEnvironment();
  const output = parts.makeOutput(
    environment.pick(["NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"]),
  );
  const code = await dispatchOrTell({ ...parts, environment, output });
  const problem = output.outProblem?.();
  if (problem === undefined) return code;
  output.err(errorText(problem));
  return problem.exitCode;
}

async function dispatchOrTell(parts: Surroundings): Promise<ExitCode> {
  const { output } = parts;
  const json = parts.argv.includes("--json");
  try {
    return await dispatch(parts);
  } catch (error) {
    if (error instanceof OuroborosError) {
      const hint = await typedHint(error, parts);
      if (json) output.out(`${JSON.stringify({ type: "error", error: errorJson(error, hint) })}\n`);
      else output.err(errorText(error, hint));
      return error.exitCode;
    }
    output.err(internalText(error));
    return EXIT.failed;
  }
}

/** The parts with what was made of the environment. */
interface Surroundings extends CliParts {
  environment: Environment;
  output: Output;
}

async function dispatch(parts: Surroundings): Promise<ExitCode> {
  const { argv, output, version } = parts;
  if (argv.length === 0) {
    output.out(firstScreen(version));
    return EXIT.done;
  }
  const help = helpFor(argv);
  if (help) {
    output.out(await helpText(help, parts));
    return EXIT.done;
  }
  const { entry, rest, note } = findCommand(argv);
  if (note !== undefined) output.err(`Note: ${note}\n`);
  const [command, openApp] = await Promise.all([entry.load(), loadApp()]);
  const words = readWords(command, rest);
  const app = openApp(parts, command);
  try {
    const { decides } = command;
    if (typeof decides === "function" ? decides(words) : decides) {
      const { refuseInsideRun } = await import("../app/refuse_inside_run.ts");
      await refuseInsideRun(app, command.name);
    }
    const { interrupt, deliveries } = parts;
    return await command.run({ app, words, output, interrupt, deliveries });
  } finally {
    await app.close();
  }
}

/** The words that help is asked for: behind `help`, or around a `--help` anywhere. */
function helpFor(argv: readonly string[]): readonly string[] | undefined {
  if (argv[0] === "help") return argv.slice(1);
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  const asks = (word: string) => word === "--help" || word === "-h";
  return words.some(asks) ? words.filter((word) => !asks(word)) : undefined;
}

async function helpText(words: readonly string[], parts: Surroundings): Promise<string> {
  const [first = "help"] = words;
  if (first === "help") return overview(parts.version);
  const under = commandsUnder(first);
  const entry = COMMANDS.find((one) => one.name === words.slice(0, 2).join(" "));
  if (under.length > 0 && entry === undefined) return groupPage(under);
  return helpPage(await findCommand(words).entry.load(), parts.output.columns());
}

/** What opens the use-cases' surroundings; loaded only for commands that work. */
async function loadApp(): Promise<(parts: Surroundings, command: Command) => App> {
  const [{ createApp }, { resolvePaths, withoutHome }] = await Promise.all([
    import("../app/app.ts"),
    import("../config/paths.ts"),
  ]);
  return (parts, { homeless }) => {
    const { environment } = parts;
    const paths = homeless ? withoutHome(environment) : resolvePaths(environment);
    return createApp({ ...parts, paths });
  };
}

/** A hint with its commands as they are to be typed on this machine. */
async function typedHint(
  { hint }: OuroborosError,
  parts: Surroundings,
): Promise<string | undefined> {
  // Most have none: PATH is not searched for them.
  if (!hint?.includes(OWN_NAME)) return hint;
  const { typedName } = await import("../app/typed_name.ts");
  return asTyped(hint, await typedName(parts));
}

const OWN_NAME = "ouroboros";

/** An error for people: what failed, then what to type next. */
export function errorText(error: OuroborosError, hint = error.hint): string {
  const next = hint ? `  Try: ${printable(hint)}\n` : "";
  // Names and contents of files are often quoted in a message.
  return `Error: ${printable(error.message)}\n${next}`;
}

function errorJson(error: OuroborosError, hint: string | undefined): Record<string, unknown> {
  return {
    code: error.code,
    message: error.message,
    ...(hint === undefined ? {} : { hint }),
    retryable: error.retryable,
  };
}

/** A defect of ours: everything that helps to report it. */
function internalText(error: unknown): string {
  const stack = error instanceof Error ? error.stack ?? error.message : messageOf(error);
  return `Error: Something went wrong inside ouroboros: ${messageOf(error)}\n` +
    `  This is a defect; please report it with these lines:\n${stack}\n`;
}
