import { basename, dirname, join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { fileError } from "./file_error.ts";
import { type FileSide, stampOf } from "./file_side.ts";
import { isNotFound, lstatNow } from "./not_found.ts";

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

/** After so many steps others get their turn. */
const STEPS_IN_A_ROW = 64;

/**
 * Carries out steps in two passes, what goes first: a file may stand where a folder was, and the
 * other way round. Each file appears whole, by a rename. Errors: conflict (with the path) when
 * something changed since the plan; disk_full, not_writable, unreadable with the folder of the file.
 */
export async function takeSteps(steps: readonly FileStep[], options: StepOptions): Promise<void> {
  const { root } = options;
  for (const [number, step] of steps.entries()) {
    if (number % STEPS_IN_A_ROW === 0) await pause();
    if (step.to !== null) continue;
    named("Remove", join(root, step.path), () => {
      unchanged(step, root);
      removeFile(join(root, step.path));
      if (options.prunable === undefined) pruneParents(step.path, options);
    });
  }
  for (const folder of [...options.prunable ?? []].sort().reverse()) {
    removeIfEmpty(join(root, folder));
  }
  for (const [number, step] of steps.entries()) {
    if (number % STEPS_IN_A_ROW === 0) await pause();
    if (step.to !== null) named("Write", join(root, step.path), () => put(step, options));
  }
}

/** The system names temporary files of ours, if any: what a person knows is the file itself. */
function named(verb: string, path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw fileError(`${verb} "${basename(path)}" in`, dirname(path), error);
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function put(step: FileStep, { root, token }: StepOptions): void {
  const target = join(root, step.path);
  makeParents(root, step.path);
  const temporary = temporaryName(target, token);
  removeFile(temporary);
  try {
    writeSide(temporary, step);
    giveToOwner(temporary, target);
    unchanged(step, root);
    Deno.renameSync(temporary, target);
  } catch (error) {
    removeFile(temporary);
    throw error;
  }
}

function writeSide(path: string, step: FileStep): void {
  if (step.to?.kind === "link") return Deno.symlinkSync(step.to.target, path);
  if (step.to === null || step.source === undefined) return;
  Deno.copyFileSync(step.source, path);
  Deno.chmodSync(path, step.to.mode);
  if (step.mtimeMs !== undefined) {
    Deno.utimeSync(path, step.mtimeMs / 1000, step.mtimeMs / 1000);
  }
}

/** Makes the folders above a path, each owned like the one that it lies in. */
function makeParents(root: string, path: string): void {
  const missing: string[] = [];
  for (let at = dirname(path); at !== "."; at = dirname(at)) {
    if (lstatNow(join(root, at)) !== undefined) break;
    missing.unshift(at);
  }
  for (const folder of missing) {
    Deno.mkdirSync(join(root, folder));
    giveToOwner(join(root, folder), join(root, dirname(folder)));
  }
}

/**
 * When root applies work to somebody else's project, files stay theirs: the owner is that of what
 * stands at `like`, or of the folder around it. Nobody else can give files away.
 */
function giveToOwner(path: string, like: string): void {
  const own = lstatNow(path);
  if (own?.uid !== 0 || own.isSymlink) return;
  const model = lstatNow(like) ?? lstatNow(dirname(like));
  if (model === undefined || model.uid === null || model.uid === own.uid) return;
  Deno.chownSync(path, model.uid, model.gid);
}

function unchanged(step: FileStep, root: string): void {
  if (step.stamp === undefined) return;
  const info = lstatNow(join(root, step.path));
  // A folder in the way that the first pass emptied and could not remove is a change as well.
  if (stampOf(info) === step.stamp) return;
  throw new OuroborosError({
    code: "conflict",
    message: `Change "${step.path}": it was changed at this very moment`,
  });
}

function pruneParents(path: string, options: StepOptions): void {
  for (let at = dirname(path); at !== "." && !options.keep.includes(at); at = dirname(at)) {
    if (!removeIfEmpty(join(options.root, at))) return;
  }
}

function removeIfEmpty(folder: string): boolean {
  // A link to a folder is not ours to remove.
  if (!lstatNow(folder)?.isDirectory) return false;
  for (const _ of Deno.readDirSync(folder)) return false;
  Deno.removeSync(folder);
  return true;
}

/** Removes a file or link; nothing there is fine. */
export function removeFile(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
