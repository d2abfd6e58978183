import { basename, dirname, join, relative, resolve } from "@std/path";
import { OuroborosError } from "../../kernel/error.ts";
import { shellWord } from "../../kernel/shell_word.ts";
import { findUserRepository, isIgnored } from "../../workspace/user_repository.ts";
import type { App } from "../app.ts";
import { isWithin, realPath } from "../find_run.ts";
import { holdsHome } from "../project_folder.ts";

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
    hint: `mv ${shellWord(name)} ${shellWord(`${dirname(top)}/`)} && ouroboros check ` +
      `${shellWord(seed)} --hidden ${shellWord(join(dirname(top), basename(name)))}`,
  });
}

/**
 * A report that is written over what it reports of would be the loss of it, also by way of a link.
 * Errors: usage.
 */
export async function requireReportApart(
  app: Pick<App, "cwd">,
  parts: { report: string; seed: string; hidden: string | undefined },
): Promise<void> {
  const { report, seed, hidden } = parts;
  const files = [["the seed", seed], ["the hidden checks", hidden]] as const;
  for (const [what, name] of files) {
    if (name === undefined || !await isSameFile(resolve(app.cwd, report), resolve(app.cwd, name))) {
      continue;
    }
    throw new OuroborosError({
      code: "usage",
      message: `Write the JUnit report to "${report}": that is the file of ${what}`,
      hint: "--junit checks.xml",
    });
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  if (await realPath(one) === await realPath(other)) return true;
  // A second name of the same file (a hard link) has the same number on its disk.
  const [a, b] = await Promise.all(
    [one, other].map((path) => Deno.stat(path).catch(() => undefined)),
  );
  return a !== undefined && b !== undefined && a.ino !== null && a.ino !== 0 && a.ino === b.ino &&
    a.dev === b.dev;
}

/**
 * Where a person stands in no repository, all files there are the project. That is meant in no folder
 * that holds their home. Errors: usage.
 */
export async function requireProjectMeant(
  app: Pick<App, "git" | "environment" | "cwd">,
  parts: { seed: string; project: string },
): Promise<void> {
  const { seed, project } = parts;
  if (!await holdsHome(app, project)) return;
  const lies = dirname(await realPath(resolve(app.cwd, seed)));
  throw new OuroborosError({
    code: "usage",
    message: `Check all files in "${project}", the folder that you are in: that is no project`,
    hint: `ouroboros check ${shellWord(seed)} --cwd ${lies === project ? "DIR" : shellWord(lies)}`,
  });
}

/**
 * What to say where the seed lies beside or above the folder that is taken for the project because a
 * person stands in it, in the same repository or without one; undefined where there is nothing to say.
 */
export async function placeNotice(
  app: Pick<App, "cwd" | "git">,
  parts: { seed: string; project: string; top: string },
): Promise<string | undefined> {
  const { seed, project } = parts;
  const top = await realPath(parts.top);
  const file = await realPath(resolve(app.cwd, seed));
  if (isWithin(file, project)) return undefined;
  if (!isWithin(file, top)) {
    if (await findUserRepository(app.git, project) !== undefined) return undefined;
    return `The checks run on all files in "${project}", the folder that you are in, which is no ` +
      `git repository; with --cwd ${shellWord(dirname(file))} they run where the seed lies`;
  }
  const between = (from: string, to: string) => relative(from, to).replaceAll("\\", "/");
  return `The checks run in "${between(top, project)}", the folder that you are in; with --cwd ` +
    `${shellWord(between(project, dirname(file)))} they run where the seed lies`;
}
