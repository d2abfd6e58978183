import { join } from "@std/path";
import { isNotFound, lstatIfAny } from "./not_found.ts";

/**
 * Removes a folder of ours with everything in it; nothing there is fine. Folders that tools made
 * read-only (Go's module cache) are opened first. Links are removed, never followed.
 */
export async function removeTree(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (isNotFound(error)) return;
    if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
    await openFolders(path);
    await Deno.remove(path, { recursive: true });
  }
}

async function openFolders(path: string): Promise<void> {
  const info = await lstatIfAny(path);
  if (!info?.isDirectory) return;
  if (((info.mode ?? 0o700) & 0o700) !== 0o700) await Deno.chmod(path, 0o700);
  for await (const entry of Deno.readDir(path)) {
    if (entry.isDirectory) await openFolders(join(path, entry.name));
  }
}

/**
 * Bytes of all files below a folder, as they count (links and holes not followed). Looked up
 * synchronously, folder by folder: five times as fast for a tree of many small files.
 */
export async function treeBytes(path: string): Promise<number> {
  const info = await lstatIfAny(path);
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
    if (!isNotFound(error) && !(error instanceof Deno.errors.PermissionDenied)) throw error;
  }
  for (const folder of folders) bytes += await treeBytes(folder);
  return bytes;
}

function sizeOf(path: string): number {
  try {
    return Deno.lstatSync(path).size;
  } catch (error) {
    if (isNotFound(error)) return 0;
    throw error;
  }
}
