import { basename, dirname, join, relative, resolve } from "@std/path";
import { OuroborosError } from "../../kernel/error.ts";
import { findUserRepository, isIgnored } from "../../workspace/user_repository.ts";
import type { App } from "../app.ts";
import { isWithin, realPath } from "../find_run.ts";

/** The folder of which checkouts hold the files: the top of the project's repository, or the project. */
export async function checkoutTop(app: Pick<App, "git">, project: string): Promise<string> {
  const user = await findUserRepository(app.git, project);
  // A folder that its repository ignores stands alone.
  return user === undefined || await isIgnored(app.git, user) ? project : user.root;
}

/**
 * Hidden checks that lie where the work does are none: a checkout may hold the file, or the link to
 * it, and whoever did the work has read it. Errors: usage.
 */
export async function requireHiddenOutside(
  app: Pick<App, "cwd">,
  parts: { name: string; seed: string; top: string },
): Promise<void> {
  const { name, seed } = parts;
  const file = resolve(app.cwd, name);
  const top = await realPath(parts.top);
  const places = [join(await realPath(dirname(file)), basename(file)), await realPath(file)];
  if (!places.some((place) => isWithin(place, top))) return;
  throw new OuroborosError({
    code: "usage",
    message: `Use the hidden checks "${name}": the file must lie outside of "${top}", where the ` +
      "work cannot read it",
    hint: `mv ${name} ${dirname(top)}/ && ouroboros check ${seed} --hidden ` +
      join(dirname(top), basename(name)),
  });
}

/**
 * What to say where the seed lies in the same repository, and beside or above the folder that is
 * taken for the project because a person stands in it; undefined where there is nothing to say.
 */
export async function placeNotice(
  app: Pick<App, "cwd">,
  parts: { seed: string; project: string; top: string },
): Promise<string | undefined> {
  const { seed, project } = parts;
  const top = await realPath(parts.top);
  const file = await realPath(resolve(app.cwd, seed));
  if (!isWithin(file, top) || isWithin(file, project)) return undefined;
  const between = (from: string, to: string) => relative(from, to).replaceAll("\\", "/");
  return `The checks run in "${between(top, project)}", the folder that you are in; with --cwd ` +
    `${between(project, dirname(file))} they run where the seed lies`;
}
