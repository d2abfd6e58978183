import { isId } from "../kernel/id.ts";
import { runFolder } from "../workspace/run_folder.ts";

/** Names below a folder of runs. */
export interface RunFolderNames {
  /** Runs of ours. */
  ours: string[];
  /** What anybody else put there. */
  others: string[];
}

/**
 * Tells runs of ours from other things below a folder that may hold anything, as one that
 * OUROBOROS_HOME names: by an id that the journal knows, else by the form of the name and by what
 * we make in such a folder first of all. None where the folder is not there.
 */
export async function ownRunFolders(
  runs: string,
  known: ReadonlySet<string>,
): Promise<RunFolderNames> {
  const names: RunFolderNames = { ours: [], others: [] };
  for (const entry of await entriesOf(runs)) {
    const shaped = entry.isDirectory && isId("run", entry.name);
    const isRun = shaped && (known.has(entry.name) || await holdsOurs(`${runs}/${entry.name}`));
    (isRun ? names.ours : names.others).push(entry.name);
  }
  return { ours: names.ours.sort(), others: names.others.sort() };
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** A worker may have died before its first event: then the folder says whose it is. */
async function holdsOurs(path: string): Promise<boolean> {
  const { indexes, worktrees, checkouts, applied, state } = runFolder(path);
  const found = await Promise.all([indexes, worktrees, checkouts, applied, state].map(isThere));
  return found.includes(true);
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
