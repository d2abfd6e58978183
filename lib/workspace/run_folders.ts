import { join } from "@std/path";
import { isNotFound, lstatIfAny } from "./not_found.ts";
import { removeTree, treeBytes } from "./remove_tree.ts";
import { runFolder } from "./run_folder.ts";

/** A run's folder, as `gc` and `doctor` see it. */
export interface RunFolderInfo {
  /** The folder's name: the run's id. */
  id: string;
  path: string;
  bytes: number;
  /** When it was last opened for work: of the folder and those right below it, the latest. */
  changedAt: Date;
}

/**
 * The run folders below `runs` (`~/.ouroboros/runs`), oldest first; none where it is not there.
 * Those in `except` are not looked into: adding up a large folder takes its time.
 */
export async function listRunFolders(
  runs: string,
  except: ReadonlySet<string> = new Set(),
): Promise<RunFolderInfo[]> {
  const found: RunFolderInfo[] = [];
  try {
    for await (const entry of Deno.readDir(runs)) {
      if (!entry.isDirectory || except.has(entry.name)) continue;
      const path = join(runs, entry.name);
      const folder = runFolder(path);
      const places = [path, folder.indexes, folder.worktrees, folder.checkouts, folder.applied];
      const times = await Promise.all(
        places.map(async (each) => (await lstatIfAny(each))?.mtime?.getTime() ?? 0),
      );
      const changedAt = new Date(Math.max(...times));
      found.push({ id: entry.name, path, bytes: await treeBytes(path), changedAt });
    }
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return found.sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime());
}

/**
 * Removes what only work in progress needs: worktrees, checkouts and indexes. The private repository
 * and what `apply` recorded stay, so that `diff`, `apply` and `undo` go on working. Only for a run
 * that nobody works on. Returns the bytes that were given back, or would be.
 */
export async function removeLeftovers(
  dir: string,
  options: { dryRun?: boolean } = {},
): Promise<number> {
  const folder = runFolder(dir);
  let bytes = 0;
  for (const path of [folder.checkouts, folder.worktrees, folder.indexes]) {
    bytes += await treeBytes(path);
    if (!options.dryRun) await removeTree(path);
  }
  return bytes;
}
