import { messageOf, OuroborosError } from "../kernel/error.ts";
import { SYSTEM_SHELL } from "./system_command.ts";

/** What to run on this process's own terminal. */
export interface ForegroundSpec {
  /** A command line of the user's own; the words follow it, whatever they hold. */
  command: string;
  words: readonly string[];
  cwd: string;
  /** What people call it in messages. */
  label: string;
}

/**
 * Runs a program that a person works with, an editor: it gets our streams, our whole environment and
 * our place in the terminal's foreground, and it is waited for without a limit, for only its user
 * knows when they are done. Gives its exit code. Errors: not_started.
 */
export async function inForeground(spec: ForegroundSpec): Promise<number> {
  try {
    const { code } = await new Deno.Command(SYSTEM_SHELL, {
      args: ["-c", `${spec.command} "$@"`, "sh", ...spec.words],
      cwd: spec.cwd,
      stdin: "inherit",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn().status;
    return code;
  } catch (cause) {
    throw new OuroborosError({
      code: "not_started",
      message: `Start "${spec.label}": ${messageOf(cause)}`,
      cause,
    });
  }
}
