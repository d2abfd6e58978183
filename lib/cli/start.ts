import type { ExitCode } from "../kernel/exit_code.ts";
import { EXIT } from "../kernel/exit_code.ts";
import type { CliParts } from "./run_cli.ts";

/**
 * The first look at a command line. The version is asked for by scripts and by hosts that start us
 * often, so nothing else is loaded for it.
 */
export async function start(
  argv: readonly string[],
  facts: { version: string; print(text: string): void },
  surroundings: () => Promise<Omit<CliParts, "argv" | "version">>,
): Promise<ExitCode> {
  if (VERSION_WORDS.includes(argv[0] ?? "")) {
    facts.print(`ouroboros ${facts.version}\n`);
    return EXIT.done;
  }
  const [{ runCli }, parts] = await Promise.all([import("./run_cli.ts"), surroundings()]);
  return await runCli({ ...parts, argv, version: facts.version });
}

const VERSION_WORDS = ["--version", "-V", "version"];
