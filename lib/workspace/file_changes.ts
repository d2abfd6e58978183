import { dirname, join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { type FileSide, stampOf } from "./file_side.ts";
import { isNotFound, lstatIfAny } from "./not_found.ts";

/** One path that is to become something else. */
export interface FileStep {
  /** Relative to the top folder. */
  path: string;
  /** What it becomes; null: it goes. */
  to: FileSide | null;
  /** Where the bytes of a file are. */
  source?: string;
  /** Modification time to give, milliseconds. */
  mtimeMs?: number;
  /** As {@link stampOf} had it when the step was planned: something else there now stops it. */
  stamp?: string;
}

/** How steps are carried out. */
export interface StepOptions {
  /** Top folder; nothing outside is touched. */
  root: string;
  /** Part of the names of temporary files beside their targets: they can be found again. */
  token: string;
  /** Folders (relative) that may go when they are empty afterwards; undefined: each that gets empty. */
  prunable?: readonly string[];
  /** Folders (relative) that stay even when they are empty. */
  keep: readonly string[];
}

/** Name of the temporary file for a path; in the same folder, so that renaming is one step. */
export function temporaryName(path: string, token: string): string {
  return join(dirname(path), `.ouroboros-${token}.tmp`);
}

/**
 * Carries out steps in two passes, what goes first: a file may stand where a folder was, and the
 * other way round. Each file appears whole, by a rename. Errors: conflict (with the path) when
 * something changed since the plan; those of the file system as they come.
 */
export async function takeSteps(steps: readonly FileStep[], options: StepOptions): Promise<void> {
  const { root } = options;
  for (const step of steps) {
    if (step.to !== null) continue;
    await unchanged(step, root);
    await removeFile(join(root, step.path));
    if (options.prunable === undefined) await pruneParents(step.path, options);
  }
  for (const folder of [...options.prunable ?? []].sort().reverse()) {
    await removeIfEmpty(join(root, folder));
  }
  for (const step of steps) {
    if (step.to === null) continue;
    const target = join(root, step.path);
    await makeParents(root, step.path);
    const temporary = temporaryName(target, options.token);
    await removeFile(temporary);
    try {
      await writeSide(temporary, step);
      await giveToOwner(temporary, target);
      await unchanged(step, root);
      await Deno.rename(temporary, target);
    } catch (error) {
      await removeFile(temporary);
      throw error;
    }
  }
}

async function writeSide(path: string, step: FileStep): Promise<void> {
  if (step.to?.kind === "link") return await Deno.symlink(step.to.target, path);
  if (step.to === null || step.source === undefined) return;
  await Deno.copyFile(step.source, path);
  await Deno.chmod(path, step.to.mode);
  if (step.mtimeMs !== undefined) {
    await Deno.utime(path, step.mtimeMs / 1000, step.mtimeMs / 1000);
  }
}

/** Makes the folders above a path, each owned like the one that it lies in. */
async function makeParents(root: string, path: string): Promise<void> {
  const missing: string[] = [];
  for (let at = dirname(path); at !== "."; at = dirname(at)) {
    if (await lstatIfAny(join(root, at)) !== undefined) break;
    missing.unshift(at);
  }
  for (const folder of missing) {
    await Deno.mkdir(join(root, folder));
    await giveToOwner(join(root, folder), join(root, dirname(folder)));
  }
}

/**
 * When root applies work to somebody else's project, files stay theirs: the owner is that of what
 * stands at `like`, or of the folder around it. Nobody else can give files away.
 */
async function giveToOwner(path: string, like: string): Promise<void> {
  const own = await lstatIfAny(path);
  if (own?.uid !== 0 || own.isSymlink) return;
  const model = await lstatIfAny(like) ?? await lstatIfAny(dirname(like));
  if (model === undefined || model.uid === null || model.uid === own.uid) return;
  await Deno.chown(path, model.uid, model.gid);
}

async function unchanged(step: FileStep, root: string): Promise<void> {
  if (step.stamp === undefined) return;
  const info = await lstatIfAny(join(root, step.path));
  // A folder in the way that the first pass emptied and could not remove is a change as well.
  if (stampOf(info) === step.stamp) return;
  throw new OuroborosError({
    code: "conflict",
    message: `Change "${step.path}": it was changed at this very moment`,
  });
}

async function pruneParents(path: string, options: StepOptions): Promise<void> {
  for (let at = dirname(path); at !== "." && !options.keep.includes(at); at = dirname(at)) {
    if (!await removeIfEmpty(join(options.root, at))) return;
  }
}

async function removeIfEmpty(folder: string): Promise<boolean> {
  // A link to a folder is not ours to remove.
  if (!(await lstatIfAny(folder))?.isDirectory) return false;
  for await (const _ of Deno.readDir(folder)) return false;
  await Deno.remove(folder);
  return true;
}

/** Removes a file or link; nothing there is fine. */
export async function removeFile(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
