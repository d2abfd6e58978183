import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";

/** Whether the home folder is there. */
export async function hasHome(app: Pick<App, "paths">): Promise<boolean> {
  const info = await Deno.stat(app.paths.home).catch(() => undefined);
  return info?.isDirectory === true;
}

/**
 * Refuses to begin where the home folder is missing and ours would lie in it: to make somebody's home
 * is not our business. Errors: not_found.
 */
export async function requireHome(app: Pick<App, "paths">): Promise<void> {
  if (app.paths.rootFrom !== "HOME" || await hasHome(app)) return;
  throw new OuroborosError({
    code: "not_found",
    message: `Use the home folder "${app.paths.home}": there is no such folder`,
    hint: "Let HOME name your home folder, or OUROBOROS_HOME a folder for ouroboros alone",
  });
}
