import { closestString } from "@std/text/closest-string";
import type { App, AppPorts } from "../app/app.ts";
import { type Environment, readEnvironment } from "../config/environment.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import { EXIT, type ExitCode } from "../kernel/exit_code.ts";
import type { Output } from "../kernel/output.ts";
import type { Deliveries } from "./command.ts";
import { type CommandEntry, COMMANDS, OLD_SPELLINGS } from "./commands.ts";
import { helpPage, overview } from "./help.ts";
import { readWords } from "./read_words.ts";

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
  const json = parts.argv.includes("--json");
  try {
    return await dispatch({ ...parts, environment, output });
  } catch (error) {
    if (error instanceof OuroborosError) {
      if (json) output.out(`${JSON.stringify({ error: errorJson(error) })}\n`);
      else output.err(errorText(error));
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
  const first = argv[0];
  if (first === undefined || first === "--help" || first === "-h") {
    output.out(overview(version));
    return EXIT.done;
  }
  if (first === "help") {
    const found = argv.length > 1 ? findCommand(argv.slice(1), output) : undefined;
    output.out(found ? helpPage(await found.entry.load()) : overview(version));
    return EXIT.done;
  }
  const { entry, rest } = findCommand(argv, output);
  const command = await entry.load();
  const words = readWords(command, rest);
  if (words.has("help")) {
    output.out(helpPage(command));
    return EXIT.done;
  }
  const app = await openApp(parts);
  try {
    const { interrupt, deliveries } = parts;
    return await command.run({ app, words, output, interrupt, deliveries });
  } finally {
    await app.close();
  }
}

/** The use-cases' surroundings; loaded only for commands that work. */
async function openApp(parts: Surroundings): Promise<App> {
  const { createApp } = await import("../app/app.ts");
  const { resolvePaths } = await import("../config/paths.ts");
  return createApp({ ...parts, paths: resolvePaths(parts.environment) });
}

/** The command that the first words name, old spellings included. Errors: unknown_command. */
function findCommand(
  argv: readonly string[],
  output: Output,
): { entry: CommandEntry; rest: readonly string[] } {
  for (const count of [2, 1]) {
    const typed = argv.slice(0, count).join(" ");
    const old = OLD_SPELLINGS[typed];
    const entry = COMMANDS.find((one) => one.name === (old ?? typed));
    if (!entry) continue;
    if (old !== undefined) output.err(`Note: "${typed}" is called "${old}" now\n`);
    return { entry, rest: argv.slice(count) };
  }
  throw unknownCommand(argv);
}

function unknownCommand(argv: readonly string[]): OuroborosError {
  const first = argv[0] ?? "";
  const verbs = COMMANDS.filter((one) => one.name.startsWith(`${first} `));
  if (verbs.length > 0) {
    return new OuroborosError({
      code: "usage",
      message: `Say what to do with "${first}": ${
        verbs.map((one) => `"${one.name.slice(first.length + 1)}"`).join(" or ")
      }`,
      hint: `ouroboros ${verbs[0]!.name} --help`,
    });
  }
  if (first.startsWith("-")) {
    return new OuroborosError({
      code: "usage",
      message: `Unknown option "${first}"`,
      hint: "ouroboros --help",
    });
  }
  const names = COMMANDS.filter((one) => one.group !== "hidden").map((one) => one.name);
  return new OuroborosError({
    code: "unknown_command",
    message: `Unknown command "${first}"`,
    hint: first.includes(" ")
      ? `To have an agent do it: ouroboros run "${first}" --check CMD`
      : `Did you mean: ouroboros ${closestString(first, names)}? All commands: ouroboros --help`,
  });
}

/** An error for people: what failed, then what to type next. */
export function errorText(error: OuroborosError): string {
  return `Error: ${error.message}\n${error.hint ? `  Try: ${error.hint}\n` : ""}`;
}

function errorJson(error: OuroborosError): Record<string, unknown> {
  return {
    code: error.code,
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    retryable: error.retryable,
  };
}

/** A defect of ours: everything that helps to report it. */
function internalText(error: unknown): string {
  const stack = error instanceof Error ? error.stack ?? error.message : messageOf(error);
  return `Error: Something went wrong inside ouroboros: ${messageOf(error)}\n` +
    `  This is a defect; please report it with these lines:\n${stack}\n`;
}
