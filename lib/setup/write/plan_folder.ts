import { join } from "@std/path";
import { sha256 } from "../../kernel/digest.ts";
import type { FileChange } from "./file_change.ts";
import { lstatIfAny } from "./file_trouble.ts";
import { readTarget } from "./target.ts";

/** A folder of files that are wholly ours, as a bundle of skills. */
export interface FolderPlan {
  /** Absolute. */
  folder: string;
  /** What shall lie in it; paths relative, with forward slashes. Empty to remove what is ours. */
  wanted: readonly { path: string; bytes: Uint8Array; mode?: number }[];
  /** What a receipt says is ours; absolute paths. Files elsewhere are not looked at. */
  installed: readonly { path: string; sha256: string }[];
  /**
   * Names, relative to the folder, of files that a former installer left and that go (a name that
   * ends with `/` means all below it). None of the user's may be among them.
   */
  leftovers?: readonly string[];
  /** Whether a file that stands there without a receipt is a former one of ours. */
  isFormer?(path: string, bytes: Uint8Array): boolean;
}

/** What is to be done in a folder, and what stays as it is. */
export interface FolderResult {
  changes: readonly FileChange[];
  /** Ours afterwards, for the receipt. */
  files: readonly { path: string; sha256: string }[];
  /** Files in the way that are not ours, or that somebody changed: they stay. Absolute. */
  kept: readonly string[];
  /** Folders that were ours alone and may be empty afterwards. */
  emptied: readonly string[];
}

/**
 * Compares a folder with what shall lie in it. Only files that a receipt (or `leftovers`, or
 * `isFormer`) says are ours are replaced or removed, and only while they are as we left them; a
 * person's own files beside them are never touched. Errors: host_file_unusable, unreadable.
 */
export async function planFolder(plan: FolderPlan): Promise<FolderResult> {
  const { folder, wanted, isFormer = () => false } = plan;
  const inside = plan.installed.filter(({ path }) => path.startsWith(`${folder}/`));
  const installed = new Map(inside.map(({ path, sha256 }) => [path, sha256]));
  const changes: FileChange[] = [];
  const files: { path: string; sha256: string }[] = [];
  const kept: string[] = [];
  for (const file of wanted) {
    const path = join(folder, file.path);
    const target = await readTarget(path);
    const digest = sha256(file.bytes);
    const ours = target.bytes === null || target.digest === digest ||
      target.digest === installed.get(path) || isFormer(path, target.bytes);
    if (!ours) kept.push(path);
    else files.push({ path, sha256: digest });
    if (ours && target.digest !== digest) {
      const mode = file.mode === undefined ? {} : { mode: file.mode };
      changes.push({ path, before: target.digest, after: file.bytes, ...mode });
    }
  }
  const stale = new Map(installed);
  for (const file of wanted) stale.delete(join(folder, file.path));
  for (const path of await leftoversIn(folder, plan.leftovers ?? [])) {
    stale.set(path, (await readTarget(path)).digest ?? "");
  }
  for (const [path, digest] of stale) {
    const target = await readTarget(path);
    if (target.bytes === null) continue;
    if (target.digest !== digest) kept.push(path);
    else changes.push({ path, before: target.digest, after: null });
  }
  return { changes, files, kept, emptied: emptiedBy(changes, folder) };
}

/** Folders of files that go, up to and with the folder itself. */
function emptiedBy(changes: readonly FileChange[], folder: string): string[] {
  const found = new Set<string>();
  for (const { path, after } of changes) {
    if (after !== null) continue;
    const parts = path.slice(folder.length + 1).split("/").slice(0, -1);
    for (let count = 0; count <= parts.length; count++) {
      found.add([folder, ...parts.slice(0, count)].join("/"));
    }
  }
  return [...found].sort().reverse();
}

async function leftoversIn(folder: string, names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const path = join(folder, name.replace(/\/$/, ""));
    const info = await lstatIfAny(path);
    if (info?.isFile && !name.endsWith("/")) found.push(path);
    if (info?.isDirectory && name.endsWith("/")) found.push(...await filesBelow(path));
  }
  return found;
}

async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await filesBelow(path));
    else if (entry.isFile) found.push(path);
  }
  return found.sort();
}
