import { isAbsolute, join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { isWithin, realPath } from "./find_run.ts";

/**
 * The real path of a project that a host named: the working folder or one below it, or one in a
 * folder that the host says is open in it. Errors: not_found, not_allowed.
 */
export async function containedFolder(
  app: Pick<App, "cwd">,
  word: string,
  roots: () => Promise<readonly string[]>,
): Promise<string> {
  const path = isAbsolute(word) ? word : join(app.cwd, word);
  const info = await Deno.stat(path).catch(() => undefined);
  if (info?.isDirectory !== true) {
    throw new OuroborosError({
      code: "not_found",
      message: `Use "${word}" as the project: ${
        info === undefined ? "there is no such folder" : "it is no folder"
      }`,
      hint: "Leave out cwd, or give the absolute path of the project",
    });
  }
  const real = await realPath(path);
  if (isWithin(real, await realPath(app.cwd))) return real;
  for (const root of await roots()) {
    if (isWithin(real, await realPath(root))) return real;
  }
  throw new OuroborosError({
    code: "not_allowed",
    message: `Use "${word}" as the project: it lies outside of "${app.cwd}", where this server ` +
      "was started, and of the folders that are open in the host",
    hint: "Open that project in the host, or use the command line there",
  });
}
