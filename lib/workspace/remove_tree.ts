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

/** Bytes of all files below a folder, as they count (links and holes not followed). */
export async function treeBytes(path: string): Promise<number> {
  const info = await lstatIfAny(path);
  if (info === undefined) return 0;
  if (!info.isDirectory) return info.size;
  let bytes = 0;
  try {
    for await (const entry of Deno.readDir(path)) {
      const below = join(path, entry.name);
      if (entry.isDirectory) bytes += await treeBytes(below);
      else bytes += (await lstatIfAny(below))?.size ?? 0;
    }
  } catch (error) {
    // Another process may be removing it.
    if (!isNotFound(error) && !(error instanceof Deno.errors.PermissionDenied)) throw error;
  }
  return bytes;
}
