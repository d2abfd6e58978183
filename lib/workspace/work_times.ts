import { dirname, join } from "@std/path";
import { textOf } from "./bytes.ts";
import { lstatIfAny } from "./not_found.ts";
import type { Plumbing, WorkingPlace } from "./plumbing.ts";
import { isUtf8Name, type ProjectPaths } from "./project_paths.ts";
import type { WorkOn } from "./run_workspace.ts";
import { compareTrees, readTree } from "./tree_reads.ts";
import { STRICT } from "./worktrees.ts";

/** A checkout whose files are still as git wrote them. */
export interface WorkTimesParts {
  git: Plumbing;
  place: WorkingPlace;
  paths: ProjectPaths;
  tree: string;
  work: WorkOn;
  /** When the folder was made: none of its files is older. */
  since: Date;
}

/** So much older is what may have been built. */
const OLDER_MS = 3_600_000;

/** git looks no further for a NUL either. */
const HEAD_BYTES = 8000;

/**
 * Gives the files of a work's checkout such times that make and its like trust no build result that
 * the work handed in: what it added or changed and that is executable or binary becomes an hour
 * older than all else, and what is not the work's to change becomes the newest. Bytecode that Python
 * would load in place of its source is taken away: no project needs it, for Python makes it anew.
 *
 * What that costs right work: a script is none the worse for being old. A library that was handed in
 * as a binary and that a Makefile can build is built anew from the sources beside it, and a
 * `configure` that was made anew is made once more, by what is on this machine. An asset that was
 * changed looks older than a build folder that was carried along and is younger than an hour, as it
 * would after `cp -p`.
 */
export async function setWorkTimes(parts: WorkTimesParts): Promise<void> {
  const { git, place, paths, tree, work, since } = parts;
  if (work.base === tree) return;
  const fileAt = await plainFiles(place.workTree);
  const old = new Date(since.getTime() - OLDER_MS);
  for (const { path, to, kind } of await compareTrees(git, place, { from: work.base, to: tree })) {
    const file = kind === "deleted" ? undefined : await fileAt(path, to.mode);
    if (file === undefined) continue;
    if (isBytecode(path)) await Deno.remove(file);
    else if (to.mode === EXECUTABLE || await isBinary(file)) await Deno.utime(file, old, old);
  }
  if (work.guards) {
    // Times are set in milliseconds, and the other files' have more digits.
    const last = new Date(Date.now() + 1);
    for (const { path, mode } of await readTree(git, place, { tree })) {
      const name = paths.out(path);
      if (name.startsWith("../") || !work.guards(name)) continue;
      const file = await fileAt(path, mode);
      if (file !== undefined) await Deno.utime(file, last, last);
    }
  }
  // A check that asks git what was changed, without a refresh, must not be told of times.
  await git(place, ["update-index", "-q", "--ignore-missing", "--refresh"], { config: STRICT });
}

/**
 * Finds the plain files of a tree in a folder. One behind a link is none of them: what is carried
 * along may lie where the tree has a folder, and lead to the user's own files.
 */
async function plainFiles(top: string) {
  const root = await Deno.realPath(top);
  const folders = new Map<string, boolean>();
  return async (path: string, mode: string): Promise<string | undefined> => {
    if (!mode.startsWith("100") || !isUtf8Name(path)) return undefined;
    const file = join(root, textOf(path));
    const folder = dirname(file);
    let real = folders.get(folder);
    if (real === undefined) {
      // What is not there (a sparse checkout) is not ours to date.
      real = await Deno.realPath(folder).catch(() => "") === folder;
      folders.set(folder, real);
    }
    return real && (await lstatIfAny(file))?.isFile ? file : undefined;
  };
}

const EXECUTABLE = "100755";

function isBytecode(path: string): boolean {
  return /(?:^|\/)__pycache__\/|\.pyc$/.test(path);
}

async function isBinary(file: string): Promise<boolean> {
  using open = await Deno.open(file);
  const head = new Uint8Array(HEAD_BYTES);
  for (let end = 0; end < head.length;) {
    const count = await open.read(head.subarray(end));
    if (count === null) return head.subarray(0, end).includes(0);
    end += count;
  }
  return head.includes(0);
}
