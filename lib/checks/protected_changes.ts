import { join } from "@std/path";
import type { ObjectId, RunWorkspace } from "../workspace/run_workspace.ts";
import { lstatOf } from "./inside.ts";
import { type ProtectedPaths, protectedPaths } from "./protected_paths.ts";

/** A tree, and a folder in which it lies. */
export interface TreePlace {
  workspace: Pick<RunWorkspace, "listEntries" | "changed">;
  /** The project's folder where the tree is on disk. */
  checkout: string;
  base: ObjectId;
  tree: ObjectId;
}

/** What has to be done so that the protected paths of a tree are those of the base. */
export interface ProtectedChanges {
  /** Paths that the base does not have, links that would hide protected ones among them. */
  remove: string[];
  /** Paths of the base that were changed or removed. */
  restore: string[];
}

/** The protected paths in which a tree differs from the base. */
export async function protectedChanges(
  globs: readonly string[],
  place: TreePlace,
): Promise<ProtectedChanges> {
  const found: ProtectedChanges = { remove: [], restore: [] };
  if (globs.length === 0) return found;
  const paths = protectedPaths(globs);
  for (const { path, kind } of await place.workspace.changed(place.base, place.tree)) {
    if (path.startsWith("../")) continue;
    const covered = paths.covers(path);
    if (kind === "added" || kind === "type") {
      if (covered || await hidesProtected(path, paths, place)) found.remove.push(path);
    }
    if (kind !== "added" && covered) found.restore.push(path);
  }
  return found;
}

/** A new link to a folder puts that folder's files under names that may be protected ones. */
async function hidesProtected(
  path: string,
  paths: ProtectedPaths,
  place: TreePlace,
): Promise<boolean> {
  const link = join(place.checkout, path);
  if (!(await lstatOf(link))?.isSymlink) return false;
  if (paths.mayLieBelow(path)) return true;
  let target: string;
  try {
    target = await Deno.realPath(link);
    if (!(await Deno.stat(target)).isDirectory) return false;
  } catch {
    return false;
  }
  const root = await Deno.realPath(place.checkout);
  if (!target.startsWith(`${root}/`)) return true;
  const folder = target.slice(root.length + 1);
  const files = await place.workspace.listEntries(place.tree);
  return files.some((file) =>
    file.path.startsWith(`${folder}/`) && paths.covers(`${path}${file.path.slice(folder.length)}`)
  );
}
