import { join, relative } from "@std/path";
import type { CannotRun } from "../kernel/check_run.ts";
import type { CommandInput } from "./check_input.ts";
import { commandParts } from "./command_parts.ts";
import { isProjectPart } from "./project_parts.ts";
import { protectedPaths } from "./protected_paths.ts";
import type { CommandResult } from "./run_command.ts";
import { trouble } from "./trouble.ts";

/**
 * A command that somebody killed has not come to an end; whether the work used up the memory or the
 * machine has none to spare, nobody can tell from here.
 */
export function killed({ signal }: Pick<CommandResult, "signal">): CannotRun | undefined {
  if (signal !== "SIGKILL") return undefined;
  return trouble("killed", "by SIGKILL, as a machine does whose memory is used up");
}

/** Why the check's own command could not do its part, where its output says nothing of it. */
export async function unableOf(
  check: Pick<CommandInput, "run" | "protect">,
  place: { checkout: string; cwd: string },
  { exit, outputTail }: Pick<CommandResult, "exit" | "outputTail">,
): Promise<CannotRun | undefined> {
  if (exit === 126) return await notExecutable(check, place, outputTail);
  if (exit === 6 || exit === 7) return await silentCurl(check.run);
  return undefined;
}

/** A protected file is what it was on the base, so that no work can make it executable. */
async function notExecutable(
  { run, protect }: Pick<CommandInput, "run" | "protect">,
  { checkout, cwd }: { checkout: string; cwd: string },
  output: string,
): Promise<CannotRun | undefined> {
  const paths = protectedPaths(protect);
  for (const word of run.split(/[\s;&|()"']+/)) {
    if (!word.includes("/") || !output.includes(`${word}: Permission denied`)) continue;
    const file = join(cwd, word);
    const path = relative(checkout, file);
    const info = await Deno.lstat(file).catch(() => undefined);
    if (!info?.isFile || (info.mode ?? 0o111) & 0o111 || !paths.covers(path)) continue;
    return trouble("not_started", `"${path}" is not executable, and protected`);
  }
  return undefined;
}

/** With `-s` alone curl says by its exit code only that there is no such host, or no connection. */
async function silentCurl(run: string): Promise<CannotRun | undefined> {
  const [command = "", ...others] = commandParts(run);
  if (others.length > 0 || !/^curl\s/.test(command)) return undefined;
  const url = /\b(https?):\/\/(?:[^\s/@"']*@)?([\w.-]+|\[::1\])(?::(\d+))?(?=[/?\s"']|$)/.exec(
    command,
  );
  if (url === null) return undefined;
  const address = `${url[2]}:${url[3] ?? (url[1] === "https" ? "443" : "80")}`;
  if (await isProjectPart("network", address, NO_FILES)) return undefined;
  return trouble("refused_connection", address);
}

/** An address is none of the project's files. */
const NO_FILES = {
  root: "/",
  has: () => Promise.resolve(false),
  text: () => Promise.resolve(undefined),
};
