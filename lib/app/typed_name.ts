import { shellWord } from "../kernel/shell_word.ts";
import type { App } from "./app.ts";
import { findProgram } from "./find_program.ts";

/** What this program is called where PATH leads to it. */
export const OWN_NAME = "ouroboros";

/**
 * What a person types to start this program: its name where PATH leads to it, else where it lies,
 * ready for a shell. Who has just installed it into a folder that is not on PATH, or has another
 * program of that name before it, would be told of commands that do something else, or nothing.
 * From source it is the name: how a checkout is started is its owner's choice.
 */
export async function typedName(app: Pick<App, "self" | "environment">): Promise<string> {
  const [file, ...further] = app.self;
  if (further.length > 0) return OWN_NAME;
  const found = await findProgram([OWN_NAME], app.environment.get("PATH") ?? "");
  if (found !== undefined && await realOf(found) === await realOf(file)) return OWN_NAME;
  return ownPath(file, app.environment.get("HOME"));
}

async function realOf(path: string): Promise<string> {
  // What is gone meanwhile is only itself.
  return await Deno.realPath(path).catch(() => path);
}

/** A path as one word of a shell; short where it is in the home folder. */
function ownPath(path: string, home: string | undefined): string {
  const below = home !== undefined && path.startsWith(`${home}/`)
    ? path.slice(home.length)
    : undefined;
  if (below !== undefined && shellWord(below) === below) return `~${below}`;
  return shellWord(path);
}
