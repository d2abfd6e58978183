import { dirname } from "@std/path";
import { sha256 } from "../../kernel/digest.ts";
import { OuroborosError } from "../../kernel/error.ts";
import {
  fileTrouble,
  isMissing,
  isNoFolder,
  lstatIfAny,
  ofAnother,
  wrongKind,
} from "./file_trouble.ts";

/** A file that may be changed, as it is now. */
export interface Target {
  /** Null when there is no file. */
  bytes: Uint8Array | null;
  /** SHA-256, hex; null when there is no file. */
  digest: string | null;
  /** Of a file that is there. */
  info?: Deno.FileInfo;
}

/**
 * Reads a file that is to be changed. Errors: host_file_unusable for a link, a folder or a device
 * in its place, unreadable.
 */
export async function readTarget(path: string): Promise<Target> {
  for (let left = TRIES;; left--) {
    try {
      return await readOnce(path);
    } catch (thrown) {
      // Another process took it away, or put it there, between two looks.
      if (!isMissing(thrown) || left === 0) throw fileTrouble("Read", path, thrown);
    }
  }
}

const TRIES = 3;

async function readOnce(path: string): Promise<Target> {
  try {
    const info = await lstatIfAny(path);
    if (info === undefined) {
      // A file, or a link to nothing, stands where a folder above should be: that one is named.
      await nearestFolder(dirname(path));
      return { bytes: null, digest: null };
    }
    if (info.isSymlink) throw await linkInTheWay(path, "a file");
    if (info.isDirectory) {
      throw wrongKind(path, "a folder", "a file", `Move it away: mv "${path}" "${path}.old"`);
    }
    if (!info.isFile) {
      throw wrongKind(path, "a device or pipe", "a file", `Look at it: ls -l "${path}"`);
    }
    // The superuser can read what its owner put away from everybody.
    if (info.mode !== null && (info.mode & 0o444) === 0) throw unreadable(path);
    const bytes = await Deno.readFile(path);
    return { bytes, digest: sha256(bytes), info };
  } catch (thrown) {
    if (thrown instanceof Deno.errors.PermissionDenied) throw unreadable(path, thrown);
    throw thrown;
  }
}

function unreadable(path: string, cause?: unknown): OuroborosError {
  return new OuroborosError({
    code: "unreadable",
    message: `Read "${path}": permission denied`,
    hint: `Look at it: ls -l "${path}"`,
    cause,
  });
}

async function linkInTheWay(path: string, wanted: string): Promise<OuroborosError> {
  // It may be gone by now: that it was one is what matters.
  const target = await Deno.readLink(path).catch(() => undefined);
  const there = await Deno.realPath(path).catch(() => undefined);
  const leads = target === undefined ? "" : ` to ${JSON.stringify(target)}`;
  const found = `a link${leads}${there ? "" : ", where nothing is"}`;
  const hint = there
    ? `To have ${wanted} of its own there: cp -R "${there}" "${path}.new" && rm "${path}" && ` +
      `mv "${path}.new" "${path}"`
    : `Remove it: rm "${path}"`;
  return wrongKind(path, found, `${wanted} of its own`, hint);
}

/**
 * Throws not_writable when its owner made a file or its folder read-only: renaming another file
 * into its place would pass over that, and the superuser would not even notice. Likewise when they
 * are another user's: a file that comes into the place of theirs could not be given to them.
 * `user`: who writes; null where users have no numbers.
 */
export async function assertWritable(
  path: string,
  target: Target,
  user: number | null = Deno.uid(),
): Promise<void> {
  if (target.info && !writable(target.info)) throw readOnly(path, "the file");
  if (target.info && isAnothers(target.info, user)) throw ofAnother(path, "it");
  const folder = await nearestFolder(dirname(path));
  if (!writable(folder.info)) throw readOnly(folder.path, "the folder");
  // Bits for the group or for all may let this user in; without them nothing does.
  const shared = folder.info.mode === null || (folder.info.mode & 0o022) !== 0;
  if (!shared && isAnothers(folder.info, user)) throw ofAnother(folder.path, "the folder");
}

function isAnothers({ uid }: Deno.FileInfo, user: number | null): boolean {
  return uid !== null && user !== null && user !== 0 && uid !== user;
}

function writable(info: Deno.FileInfo): boolean {
  return info.mode === null || (info.mode & 0o222) !== 0;
}

function readOnly(path: string, what: string): OuroborosError {
  return new OuroborosError({
    code: "not_writable",
    message: `Write "${path}": ${what} is read-only`,
    hint: `Allow it: chmod u+w "${path}"`,
  });
}

/** Throws host_file_unusable when one of our own folders is a link, or is no folder. */
export async function assertOwnFolders(folders: readonly string[]): Promise<void> {
  for (const path of folders) {
    const info = await lstatIfAny(path);
    if (info?.isSymlink) throw await linkInTheWay(path, "a folder");
    if (info && !info.isDirectory) {
      throw wrongKind(path, "a file", "a folder", `Move it away: mv "${path}" "${path}.old"`);
    }
  }
}

/**
 * Folders that have to be made for files, the outermost first: what a receipt must know before
 * anything is written. A folder that is a link is followed. Errors: host_file_unusable when a
 * file or a link to nothing stands where a folder must be.
 */
export async function foldersToMake(paths: readonly string[]): Promise<string[]> {
  const missing = new Set<string>();
  for (const path of paths) {
    const nearest = await nearestFolder(dirname(path));
    for (let at = dirname(path); at !== nearest.path; at = dirname(at)) missing.add(at);
  }
  return [...missing].sort();
}

async function nearestFolder(folder: string): Promise<{ path: string; info: Deno.FileInfo }> {
  for (let at = folder;; at = dirname(at)) {
    try {
      const info = await Deno.stat(at);
      if (info.isDirectory) return { path: at, info };
      throw wrongKind(at, "a file", "a folder", `Move it away: mv "${at}" "${at}.old"`);
    } catch (thrown) {
      if (isNoFolder(thrown)) continue;
      if (!isMissing(thrown)) throw fileTrouble("Read", at, thrown);
      const info = await lstatIfAny(at);
      if (info?.isSymlink) throw await linkInTheWay(at, "a folder");
      // Another process made it between the two looks.
      if (info) return await nearestFolder(at);
      if (dirname(at) === at) throw fileTrouble("Read", at, thrown);
    }
  }
}
