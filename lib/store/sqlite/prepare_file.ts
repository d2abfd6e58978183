import { OuroborosError } from "../../kernel/error.ts";
import { folderOf } from "./folder_of.ts";
import { storeError } from "./sqlite_error.ts";

/**
 * Makes the journal's folder (0700) and file (0600) where they are missing, and closes a file of
 * ours that others could read. SQLite gives `-wal` and `-shm` the mode of the file itself. A
 * folder that was there before keeps its mode: it may be shared with other things.
 */
export function prepareFile(path: string): void {
  try {
    const found = statOf(path);
    if (!found) {
      Deno.mkdirSync(folderOf(path), { recursive: true, mode: 0o700 });
      createEmpty(path);
      return;
    }
    if (!found.isFile) {
      throw new OuroborosError({
        code: "journal_unusable",
        message: `Open the journal "${path}": there is a folder or a special file in its place`,
        hint: `Move it away, then run the command again: mv "${path}" "${path}.old"`,
      });
    }
    if (Deno.build.os !== "windows") closeToOthers(path, found);
  } catch (thrown) {
    throw storeError(thrown, path);
  }
}

function statOf(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return undefined;
    throw thrown;
  }
}

function createEmpty(path: string): void {
  try {
    Deno.openSync(path, { createNew: true, write: true, mode: 0o600 }).close();
  } catch (thrown) {
    // Another process was quicker: theirs is as good.
    if (!(thrown instanceof Deno.errors.AlreadyExists)) throw thrown;
  }
}

function closeToOthers(path: string, found: Deno.FileInfo): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const info = file === path ? found : statOf(file);
    if (!info || info.mode === null || (info.mode & 0o077) === 0) continue;
    try {
      Deno.chmodSync(file, 0o600);
    } catch {
      // Not our file, or a read-only disk: opening it says what can be done.
    }
  }
}
