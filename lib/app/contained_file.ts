import { isAbsolute, join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { findUserRepository } from "../workspace/user_repository.ts";
import type { App } from "./app.ts";
import { isWithin, realPath } from "./find_run.ts";
import { seedsFolder } from "./seeds/stored_seeds.ts";

/**
 * The real path of a file that a host named: in the project, which is the repository around the
 * working folder where there is one, or among our own seeds; links followed. A path is one from the
 * working folder, else from the project's. Errors: not_found, not_allowed.
 */
export async function containedFile(
  app: Pick<App, "cwd" | "paths" | "git">,
  path: string,
): Promise<string> {
  const project = await projectOf(app);
  const places = isAbsolute(path) ? [path] : [join(app.cwd, path), join(project, path)];
  const place = await firstThere(places);
  if (place === undefined) {
    throw new OuroborosError({
      code: "not_found",
      message: `Read "${path}": there is no such file in "${app.cwd}"`,
      hint: "Give the path from the project's folder",
    });
  }
  const real = await realPath(place);
  for (const folder of [project, seedsFolder(app)]) {
    if (isWithin(real, await realPath(folder))) return real;
  }
  throw new OuroborosError({
    code: "not_allowed",
    message: `Read "${path}": it lies outside of the project "${project}"`,
    hint: `Copy it into the project, or into "${seedsFolder(app)}"`,
  });
}

/** A repository that is all of a person's home is no project: what is private lies in it. */
async function projectOf({ cwd, git, paths }: Pick<App, "cwd" | "paths" | "git">): Promise<string> {
  const here = await realPath(cwd);
  // Where git says nothing of a folder, the folder is all that is known.
  const root = (await findUserRepository(git, here).catch(() => undefined))?.root ?? here;
  return isWithin(await realPath(paths.home), root) ? here : root;
}

async function firstThere(places: readonly string[]): Promise<string | undefined> {
  for (const place of places) {
    // What cannot be looked at is not there for us.
    if (await Deno.stat(place).then(() => true, () => false)) return place;
  }
  return undefined;
}
