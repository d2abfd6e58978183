import { dirname, join } from "@std/path";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import { removeTree } from "../workspace/remove_tree.ts";

/** What such a folder is for; it stands in its name. */
export type WorkPurpose = "again" | "check" | "demo" | "export" | "plan" | "question" | "seed";

/** A folder of one command's own, which this process holds until it lets go or ends. */
export interface WorkFolder {
  /** Its real path. */
  path: string;
  /** Removes it with everything in it. Errors: those of the file system. */
  remove(): Promise<void>;
  /** Leaves it to the user. */
  keep(): void;
}

/** Those of a demo are not among them: a user may have kept one. */
const LEFT_NAME = /^ouroboros-(again|check|export|plan|question|seed)-[0-9a-f]+$/;

/**
 * Makes a folder for one command's own files where the system keeps temporary ones, and takes away
 * those of commands that were killed. Whoever asks removes it. `systemTmp`: another place than the
 * system's. Errors: not_writable.
 */
export async function makeWorkFolder(
  purpose: WorkPurpose,
  systemTmp?: string,
): Promise<WorkFolder> {
  const { path, lock } = await makeHeld(purpose, systemTmp);
  await removeLeftFolders(dirname(path));
  const letGo = () => {
    if (lock === undefined) return;
    // By itself a close frees nothing while a child of ours is between its fork and its start.
    lock.unlockSync();
    lock.close();
  };
  return {
    path,
    keep: letGo,
    async remove() {
      try {
        await removeTree(path);
      } finally {
        letGo();
      }
    },
  };
}

async function makeHeld(
  purpose: WorkPurpose,
  systemTmp: string | undefined,
): Promise<{ path: string; lock: Deno.FsFile | undefined }> {
  const place = systemTmp === undefined ? {} : { dir: systemTmp };
  try {
    while (true) {
      const made = await Deno.makeTempDir({ ...place, prefix: `ouroboros-${purpose}-` });
      // Before anything else is asked of it: until then another command may take it for left.
      const lock = await holdFolder(made);
      // Somebody did: then it is theirs to remove.
      if (lock === "taken") continue;
      return { path: await Deno.realPath(made), lock };
    }
  } catch (error) {
    throw new OuroborosError({
      code: "not_writable",
      message: `Make a folder for temporary files: ${messageOf(error)}`,
      hint: 'TMPDIR="$PWD/.tmp" ouroboros …, with a folder that is there and can be written to',
      cause: error,
    });
  }
}

/**
 * Locks the folder itself: the system drops that when this process ends in whatever way. Undefined
 * where folders cannot be locked; there nobody takes one for left either.
 */
async function holdFolder(path: string): Promise<Deno.FsFile | "taken" | undefined> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "taken" : undefined;
  }
  try {
    if (await file.tryLock(true) && await isThere(path)) return file;
  } catch {
    // A file system without locks.
    file.close();
    return undefined;
  }
  file.close();
  return "taken";
}

/** Removes folders of commands that were killed; gives how many. What somebody holds stays. */
export async function removeLeftFolders(systemTmp: string): Promise<number> {
  let removed = 0;
  for (const name of await leftNames(systemTmp)) {
    if (await removeLeft(join(systemTmp, name))) removed++;
  }
  return removed;
}

async function leftNames(systemTmp: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(systemTmp)))
      .filter(({ name, isDirectory }) => isDirectory && LEFT_NAME.test(name))
      .map(({ name }) => name);
  } catch {
    // It is not there, or one may make folders in it and not look: whoever may, removes them.
    return [];
  }
}

async function removeLeft(path: string): Promise<boolean> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch {
    // Gone meanwhile, or another user's.
    return false;
  }
  try {
    if (!await file.tryLock(true)) return false;
    await removeTree(path);
    return true;
  } catch {
    // Without locks, or another user's, or still written to by what is being ended: it waits.
    return false;
  } finally {
    file.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
