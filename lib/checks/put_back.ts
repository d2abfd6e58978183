import type { ObjectId, RunWorkspace } from "../workspace/run_workspace.ts";
import { join } from "@std/path";
import { holds, lstatOf, makeParents, removeAt } from "./inside.ts";
import { protectedChanges } from "./protected_changes.ts";
import { protectedPaths } from "./protected_paths.ts";

/** Which calls of the workspace checks need. */
export type CheckWorkspace = Pick<
  RunWorkspace,
  "checkout" | "listEntries" | "changed" | "outsideLinks"
>;

/** One checkout in which protected files are put back. */
export interface PutBackPlace {
  workspace: CheckWorkspace;
  /** The project's folder in the checkout. */
  checkout: string;
  base: ObjectId;
  tree: ObjectId;
  /** A command of the project has run in the checkout, so what lies on disk is not the tree. */
  disturbed: boolean;
}

/**
 * Puts every protected file back to what it is in the base tree, and removes protected paths that
 * the base does not have. Files come from a checkout of the base, so that modes, links and line
 * ends are right. Gives the number of paths that differed in the tree.
 */
export async function putBack(globs: readonly string[], place: PutBackPlace): Promise<number> {
  if (globs.length === 0) return 0;
  const changed = await protectedChanges(globs, place);
  const { remove } = changed;
  const restore = new Set(changed.restore);
  if (place.disturbed) {
    const paths = protectedPaths(globs);
    for (const { path } of await place.workspace.listEntries(place.base)) {
      if (!path.startsWith("../") && paths.covers(path)) restore.add(path);
    }
  }
  for (const path of remove) await removeInside(place.checkout, path);
  if (restore.size > 0) await copyFromBase([...restore], place);
  return new Set([...remove, ...restore]).size;
}

/** Removes a path of a tree, unless a link on the way to it leads elsewhere. */
async function removeInside(checkout: string, path: string): Promise<void> {
  let at = checkout;
  for (const part of path.split("/").slice(0, -1)) {
    at = join(at, part);
    if ((await lstatOf(at))?.isSymlink) return;
  }
  await removeAt(join(checkout, path));
}

async function copyFromBase(paths: readonly string[], place: PutBackPlace): Promise<void> {
  const source = await place.workspace.checkout(place.base, "protected");
  try {
    for (const path of paths) {
      const from = join(source.path, path);
      const to = join(place.checkout, path);
      const info = await lstatOf(from);
      if (!info) continue;
      await makeParents(place.checkout, to, () => true);
      // What was built from a file that is as it should be must not look older than that.
      if (info.isFile && await holds(to, { bytes: await Deno.readFile(from), mode: info.mode })) {
        continue;
      }
      await removeAt(to);
      if (info.isSymlink) {
        await Deno.symlink(await Deno.readLink(from), to);
      } else {
        await Deno.copyFile(from, to);
        if (info.mode !== null) await Deno.chmod(to, info.mode & 0o777);
      }
    }
  } finally {
    await source.release();
  }
}
