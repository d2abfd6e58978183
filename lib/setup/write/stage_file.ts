import { dirname } from "@std/path";
import { ofAnother } from "./file_trouble.ts";

/** Whose a new file or folder is, and what may be done with it. */
export interface StageOptions {
  /** Permission bits for a new file; the user's umask applies. */
  mode: number;
  /** The file in whose place it comes: its bits and its owner are kept. */
  like?: Deno.FileInfo;
  /** That file's path, for people; left out: the new one's own. */
  place?: string;
}

/** Writes a whole new file and waits until it is on the disk. Fails when something is there. */
export async function stageFile(
  path: string,
  bytes: Uint8Array,
  options: StageOptions,
): Promise<void> {
  const { like } = options;
  // Never wider than it will be, not even while it is being written.
  const mode = like?.mode ?? options.mode;
  using file = await Deno.open(path, { write: true, createNew: true, mode: mode & 0o777 });
  await writeAll(file, bytes);
  await keepOwner(path, like ?? await ownerAbove(path), options.place);
  if (like && like.mode !== null && Deno.build.os !== "windows") {
    await Deno.chmod(path, like.mode & 0o7777);
  }
  await file.sync();
}

/** Makes a folder that belongs to whom the one around it belongs. */
export async function makeFolder(path: string, mode: number): Promise<void> {
  await Deno.mkdir(path, { mode });
  await keepOwner(path, await ownerAbove(path));
}

/** Waits until the names in a folder are on the disk, where the system can. */
export async function syncFolder(path: string): Promise<void> {
  try {
    using folder = await Deno.open(path, { read: true });
    await folder.sync();
  } catch {
    // Not every file system (and not Windows) has this; the files themselves were waited for.
  }
}

/** Writes all of `bytes`, however few the system takes at once. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

/** Nobody but the superuser makes files for others: those go to the owner of the folder. */
async function ownerAbove(path: string): Promise<Deno.FileInfo | undefined> {
  const [own, above] = await Promise.all([Deno.lstat(path), Deno.stat(dirname(path))]);
  return own.uid === 0 ? above : undefined;
}

async function keepOwner(
  path: string,
  like: Deno.FileInfo | undefined,
  place = path,
): Promise<void> {
  if (like === undefined || like.uid === null || like.gid === null) return;
  const own = await Deno.lstat(path);
  if (own.uid === like.uid && own.gid === like.gid) return;
  try {
    await Deno.chown(path, like.uid, like.gid);
  } catch (cause) {
    throw ofAnother(place, "it", cause);
  }
}
