import { basename, dirname, join } from "@std/path";
import { fileTrouble, isMissing, lstatIfAny } from "./file_trouble.ts";
import type { PendingPlan } from "./pending_record.ts";
import { stageFile, syncFolder } from "./stage_file.ts";
import { readTarget } from "./target.ts";

/** One step of a pending plan. */
export type PendingStep = PendingPlan["steps"][number];

/** The new file of a step, beside its place until it takes it. */
export function stagedPath(step: PendingStep, token: string): string {
  return join(dirname(step.path), `.${basename(step.path)}.ouroboros-${token}.new`);
}

/** The old file of a step, beside its place until all is done. */
export function keptPath(step: PendingStep, token: string): string {
  return join(dirname(step.path), `.${basename(step.path)}.ouroboros-${token}.old`);
}

/** Whether a name is that of a file which lies beside its place while a transaction is at work. */
export function isStagedName(name: string): boolean {
  return /^\..+\.ouroboros-[0-9a-f]{8,64}\.(new|old)$/.test(name);
}

/** Digest of what stands at a path; null for nothing, undefined for anything but a readable file. */
export async function digestAt(path: string): Promise<string | null | undefined> {
  try {
    return (await readTarget(path)).digest;
  } catch {
    return undefined;
  }
}

/**
 * Keeps the old file of a step under a second name: the same file, so that putting it back needs
 * no space and brings everything back, its times included. A copy where there are no hard links.
 */
export async function keepOld(step: PendingStep, token: string): Promise<void> {
  const kept = keptPath(step, token);
  try {
    await Deno.link(step.path, kept);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.AlreadyExists) throw thrown;
    const [info, bytes] = await Promise.all([Deno.lstat(step.path), Deno.readFile(step.path)]);
    await stageFile(kept, bytes, { mode: 0o600, like: info, place: step.path });
  }
}

/** Puts the new file of a step into its place, or takes the old one away. */
export async function commitStep(step: PendingStep, token: string): Promise<void> {
  if (step.after === null) await Deno.remove(step.path);
  else await Deno.rename(stagedPath(step, token), step.path);
  await syncFolder(dirname(step.path));
}

/**
 * Gives a step's place its old file back, and removes the new one. What stands there by now and is
 * neither of the two stays: somebody else's; false then.
 */
async function takeBackStep(step: PendingStep, token: string): Promise<boolean> {
  await removeIfAny(stagedPath(step, token));
  const now = await digestAt(step.path);
  const kept = keptPath(step, token);
  if (step.before === null) {
    if (now === null || now !== step.after) return now === null;
    await Deno.remove(step.path);
  } else if (now === step.before) {
    // It was never touched. What was kept may be a copy, and of another owner.
    await removeIfAny(kept);
  } else if (now === step.after && await digestAt(kept) === step.before) {
    await Deno.rename(kept, step.path);
  } else return false;
  await syncFolder(dirname(step.path));
  return true;
}

/** Takes back every step of a plan, the last one first; gives the files that had to stay. */
export async function takeBack(
  plan: PendingPlan,
  onStep: (step: string) => void,
): Promise<string[]> {
  const kept: string[] = [];
  for (const step of plan.steps.toReversed()) {
    onStep(`take back ${step.path}`);
    try {
      if (!await takeBackStep(step, plan.token)) kept.push(step.path);
    } catch (thrown) {
      throw fileTrouble("Take back", step.path, thrown);
    }
    await sweepStep(step, plan.token);
  }
  await removeEmptyFolders(plan.made);
  return kept;
}

/** Removes what a step has left beside its place. */
export async function sweepStep(step: PendingStep, token: string): Promise<void> {
  await removeIfAny(stagedPath(step, token));
  await removeIfAny(keptPath(step, token));
}

/** Removes folders that are empty, the innermost first; gives those that went. */
export async function removeEmptyFolders(folders: readonly string[]): Promise<string[]> {
  const removed: string[] = [];
  for (const folder of [...folders].sort().reverse()) {
    try {
      // A link to a folder is not ours to remove.
      if (!(await lstatIfAny(folder))?.isDirectory) continue;
      if ((await Array.fromAsync(Deno.readDir(folder))).length > 0) continue;
      await Deno.remove(folder);
    } catch {
      // Another process took it or put something there in this moment, or nobody may look into it:
      // it stays, as every folder does that is not known to be empty.
      continue;
    }
    removed.push(folder);
  }
  return removed;
}

async function removeIfAny(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (thrown) {
    if (!isMissing(thrown)) throw fileTrouble("Remove", path, thrown);
  }
}
