import { join } from "@std/path";
import { fileError } from "../../workspace/file_error.ts";
import { removeTree } from "../../workspace/remove_tree.ts";
import type { App } from "../app.ts";

/** Name of the folder below ours. */
export const INTERVIEWS = "interviews";

/** Where the raw output of an interview's calls is, for as long as their answers are not in the journal. */
function callOutputFolder({ paths }: Pick<App, "paths">, interviewId: string): string {
  return join(paths.root, INTERVIEWS, interviewId);
}

/**
 * Makes that folder for one call and gives the beginning of its files' names, in which the agent's
 * id stands: whoever comes after us decodes them by it. Errors: not_writable, disk_full.
 */
export async function makeCallOutput(
  app: Pick<App, "paths">,
  interviewId: string,
  call: { thought: number; runtime: string },
): Promise<string> {
  const folder = callOutputFolder(app, interviewId);
  try {
    await removeTree(folder);
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fileError("Make the folder", folder, error);
  }
  return join(folder, `${call.thought}-${call.runtime}`);
}

/** What a call whose asker is gone left there; undefined: nothing. */
export async function findCallOutput(
  app: Pick<App, "paths">,
  interviewId: string,
  thought: number,
): Promise<{ spool: string; runtime: string } | undefined> {
  const folder = callOutputFolder(app, interviewId);
  const names = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  for (const { name } of names) {
    const [, number, runtime] = /^(\d+)-(.+)\.stdout$/.exec(name) ?? [];
    if (runtime === undefined || Number(number) !== thought) continue;
    return { spool: join(folder, `${number}-${runtime}`), runtime };
  }
  return undefined;
}

/** Takes it away: what it held is in the journal. */
export async function removeCallOutput(
  app: Pick<App, "paths">,
  interviewId: string,
): Promise<void> {
  const folder = callOutputFolder(app, interviewId);
  await removeTree(folder);
  await Deno.remove(join(folder, "..")).catch(() => {
    // Another interview has its own there, or it was not there.
  });
}
