import { isAbsolute, join } from "@std/path";
import { textOf } from "./bytes.ts";
import { listWorkingTree } from "./list_working_tree.ts";
import { isNotFound, lstatIfAny } from "./not_found.ts";
import type { Plumbing, WorkingPlace } from "./plumbing.ts";
import { isUtf8Name } from "./project_paths.ts";

/** Repositories within repositories, at most so deep. */
const MOST_NESTING = 8;

/**
 * The files of a folder with a repository of its own (`folder` is a stored path below `place`), as an
 * ordinary folder would give them: what its index knows and is on disk, and what is not ignored.
 * Its index is only read; its config never is.
 */
export async function listNested(
  git: Plumbing,
  place: WorkingPlace,
  folder: string,
  depth = 0,
): Promise<string[]> {
  if (depth >= MOST_NESTING || !isUtf8Name(folder)) return [];
  const workTree = join(place.workTree, textOf(folder));
  const index = await nestedIndex(workTree) ?? join(place.gitDir, "no-index");
  const list = await listWorkingTree(git, { gitDir: place.gitDir, workTree, index }, {
    entries: "all",
  });
  const gone = new Set(list.removed);
  const files = new Set([...list.others, ...list.files.filter((path) => !gone.has(path))]);
  const deeper = [...list.nested];
  for (const entry of list.entries) {
    if (entry.mode === "160000") deeper.push(entry.path);
    else if (!gone.has(entry.path)) files.add(entry.path);
  }
  const inner = await Promise.all(
    deeper.map((each) => listNested(git, place, `${folder}/${each}`, depth + 1)),
  );
  return [...[...files].map((path) => `${folder}/${path}`), ...inner.flat()];
}

/** Whether a folder holds a repository of its own (a submodule that is checked out has a file). */
export async function hasRepository(folder: string): Promise<boolean> {
  return await lstatIfAny(join(folder, ".git")) !== undefined;
}

async function nestedIndex(folder: string): Promise<string | undefined> {
  const dotGit = join(folder, ".git");
  const info = await lstatIfAny(dotGit);
  if (info === undefined) return undefined;
  if (info.isDirectory) return await existing(join(dotGit, "index"));
  try {
    const target = /^gitdir: (.+)$/m.exec(await Deno.readTextFile(dotGit))?.[1];
    if (target === undefined) return undefined;
    return await existing(join(isAbsolute(target) ? target : join(folder, target), "index"));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function existing(path: string): Promise<string | undefined> {
  return (await lstatIfAny(path))?.isFile ? path : undefined;
}
