import { dirname, isAbsolute, join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { findUserRepository, isIgnored } from "../workspace/user_repository.ts";
import type { App } from "./app.ts";
import { isWithin, realPath } from "./find_run.ts";

/** The real path of a project's folder, as it was typed. Errors: not_found, with that hint. */
export async function projectFolder(
  app: Pick<App, "cwd">,
  folder: string,
  hint: string,
): Promise<string> {
  const path = isAbsolute(folder) ? folder : join(app.cwd, folder);
  const info = await Deno.stat(path).catch(() => undefined);
  if (info?.isDirectory) return await realPath(path);
  throw new OuroborosError({
    code: "not_found",
    message: `Use "${folder}" as the project: ${
      info === undefined ? "there is no such folder" : "it is no folder"
    }`,
    hint,
  });
}

/**
 * The same for work that reads a project's files and hands them to agents. A home folder's are all
 * that is private to a person, and ours are the records of other runs and what lets clients in.
 * Errors: not_found; usage, where the folder is one of those.
 */
export async function workFolder(
  app: Pick<App, "cwd" | "git" | "environment" | "paths">,
  folder: string,
  hint: string,
): Promise<string> {
  const project = await projectFolder(app, folder, hint);
  const problem = project === await realPath(app.paths.root)
    ? "it is ouroboros' own folder"
    : await holdsHome(app, project)
    ? "your home folder lies there, and all that is private in it; that is no project"
    : undefined;
  if (problem === undefined) return project;
  throw new OuroborosError({
    code: "usage",
    message: `Use "${folder}" as the project: ${problem}`,
    hint,
  });
}

/** Whether all files of a person's home, or of the machine, would be the project: no repository says which. */
export async function holdsHome(
  app: Pick<App, "git" | "environment">,
  project: string,
): Promise<boolean> {
  const home = app.environment.get("HOME") ?? app.environment.get("USERPROFILE");
  const wide = dirname(project) === project ||
    (home !== undefined && home !== "" && isWithin(await realPath(home), project));
  if (!wide) return false;
  const user = await findUserRepository(app.git, project);
  // A folder that its repository ignores stands alone.
  return user === undefined || await isIgnored(app.git, user);
}
