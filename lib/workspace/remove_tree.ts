import { join } from "@std/path";
import { isNotFound, lstatIfAny } from "./not_found.ts";

/** A folder whose path below the removed one is longer is first moved up to its top, in UTF-16 units. */
const LONGEST = 1000;

/**
 * Removes a folder of ours with everything in it; nothing there is fine. Folders that tools made
 * read-only (Go's module cache) are opened first, and those that lie deeper than the system names in
 * one path, or opens at once, are moved up. Links are removed, never followed.
 */
export async function removeTree(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (isNotFound(error)) return;
    if (!(error instanceof Deno.errors.PermissionDenied) && !isTooDeep(error)) throw error;
    await openFolders(path, path);
    await Deno.remove(path, { recursive: true });
  }
}

/** Whether a call failed because folders lie within one another too deep for it. */
function isTooDeep(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENAMETOOLONG" || code === "EMFILE";
}

async function openFolders(path: string, top: string): Promise<void> {
  const info = await lstatIfAny(path);
  if (!info?.isDirectory) return;
  if (((info.mode ?? 0o700) & 0o700) !== 0o700) await Deno.chmod(path, 0o700);
  let at = path;
  if (path.length - top.length > LONGEST) {
    at = join(top, `.up-${crypto.randomUUID()}`);
    await Deno.rename(path, at);
  }
  for (const entry of await Array.fromAsync(Deno.readDir(at))) {
    if (entry.isDirectory) await openFolders(join(at, entry.name), top);
  }
}

/**
 * Bytes of all files below a folder, as they count (links and holes not followed). Looked up
 * synchronously, folder by folder: five times as fast for a tree of many small files. What lies too
 * deep for a path of the system is not counted.
 */
export async function treeBytes(path: string): Promise<number> {
  const info = await lstatIfAny(path).catch((error) => {
    if (isTooDeep(error)) return undefined;
    throw error;
  });
  if (info === undefined) return 0;
  if (!info.isDirectory) return info.size;
  let bytes = 0;
  const folders: string[] = [];
  try {
    for (const entry of Deno.readDirSync(path)) {
      const below = join(path, entry.name);
      if (entry.isDirectory) folders.push(below);
      else bytes += sizeOf(below);
    }
  } catch (error) {
    // Another process may be removing it.
    const passedOver = isNotFound(error) || error instanceof Deno.errors.PermissionDenied;
    if (!passedOver && !isTooDeep(error)) throw error;
  }
  for (const folder of folders) bytes += await treeBytes(folder);
  return bytes;
}

function sizeOf(path: string): number {
  try {
    return Deno.lstatSync(path).size;
  } catch (error) {
    if (isNotFound(error) || isTooDeep(error)) return 0;
    throw error;
  }
}
