import { join } from "@std/path";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import { shellWord } from "../../kernel/shell_word.ts";
import type { OwnFile } from "./own_file.ts";
import { isOurProgram } from "./program_file.ts";

/** Writes a new program beside the own file, and gives its path. Errors: not_writable, disk_full. */
export async function stageProgram(own: OwnFile, bytes: Uint8Array): Promise<string> {
  let staged: string | undefined;
  try {
    // The number says whose it is: `remove_left.ts`.
    const prefix = `.ouroboros.new.${Deno.pid}.`;
    staged = await Deno.makeTempFile({ dir: own.folder, prefix });
    const file = await Deno.open(staged, { write: true });
    try {
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.sync();
    } finally {
      file.close();
    }
    await Deno.chmod(staged, own.mode | 0o500);
    return staged;
  } catch (error) {
    if (staged !== undefined) await removeQuietly(staged);
    throw cannotWrite(own.folder, error);
  }
}

/**
 * Puts a staged program in the place of the own file, in one step; the file that was there stays as
 * `ouroboros.previous`. Errors: not_writable, not_allowed when that name is somebody else's file.
 */
export async function replaceProgram(own: OwnFile, staged: string): Promise<void> {
  await mayReplacePrevious(own);
  const kept = await keep(own);
  try {
    await Deno.rename(kept, own.previous);
    await Deno.rename(staged, own.path);
  } catch (error) {
    throw cannotWrite(own.folder, error);
  } finally {
    // A rename between two names of one file leaves both.
    await removeQuietly(kept);
  }
}

/** Swaps the own file and the previous one; a second time swaps them back. Errors: not_writable. */
export async function swapWithPrevious(own: OwnFile): Promise<void> {
  const kept = await keep(own);
  try {
    await Deno.rename(own.previous, own.path);
    await Deno.rename(kept, own.previous);
  } catch (error) {
    throw cannotWrite(own.folder, error);
  } finally {
    await removeQuietly(kept);
  }
}

/** Errors: not_found when no update left one; not_allowed when it is not a file of this program. */
export async function requirePrevious(own: OwnFile): Promise<void> {
  if (await mayReplacePrevious(own)) return;
  throw new OuroborosError({
    code: "not_found",
    message: `Roll back: there is no "${own.previous}"`,
    hint: "ouroboros update --from FOLDER",
  });
}

/** Removes a file that may be gone already. */
export async function removeQuietly(path: string): Promise<void> {
  await Deno.remove(path).catch(() => {});
}

/** Whether there is a previous program; anybody else's file of that name is refused. */
async function mayReplacePrevious(own: OwnFile): Promise<boolean> {
  let info: Deno.FileInfo;
  try {
    info = await Deno.lstat(own.previous);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw cannotWrite(own.folder, error);
  }
  if (info.isFile && isOurProgram(await Deno.readFile(own.previous))) return true;
  throw new OuroborosError({
    code: "not_allowed",
    message: `Keep the present program as "${own.previous}": a file that is not ours is there`,
    hint: `mv "${own.previous}" "${own.previous}.mine"`,
  });
}

/** A second name of the own file, or a copy where the file system has no second names. */
async function keep(own: OwnFile): Promise<string> {
  const path = join(own.folder, `.ouroboros.old.${Deno.pid}.${crypto.randomUUID()}`);
  try {
    await Deno.link(own.path, path).catch(() => Deno.copyFile(own.path, path));
    return path;
  } catch (error) {
    await removeQuietly(path);
    throw cannotWrite(own.folder, error);
  }
}

function cannotWrite(folder: string, error: unknown): OuroborosError {
  const full = /no space|ENOSPC|quota/i.test(messageOf(error));
  return new OuroborosError({
    code: full ? "disk_full" : "not_writable",
    message: `Write into "${folder}": ${messageOf(error)}`,
    hint: full
      ? "Free some space, then run the same command again"
      : `To see who may write there: ls -ld ${shellWord(folder)}`,
    cause: error,
  });
}
