import { dirname, join } from "@std/path";
import { type AppliedManifest, beforeFile } from "./applied_record.ts";
import { type FileStep, temporaryName } from "./file_changes.ts";
import { sameSide, sideOf } from "./file_side.ts";
import { lstatNow } from "./not_found.ts";

/** Steps that take an `apply` back, and paths where something else stands now. */
export interface UndoPlan {
  steps: FileStep[];
  changed: string[];
}

/**
 * Plans the way back, all of it before the first step. A path that is as it was before needs nothing;
 * one that is as `apply` left it goes back, and so does one where nothing stands, for somebody who
 * moved their edits away loses none; anything else was changed since and is not touched, and so is
 * what somebody put into a folder that has to go.
 */
export async function planUndo(
  root: string,
  folder: string,
  manifest: AppliedManifest,
): Promise<UndoPlan> {
  const steps: FileStep[] = [];
  const changed = new Set<string>();
  const folders: string[] = [];
  for (const [number, change] of manifest.changes.entries()) {
    const now = await sideOf(join(root, change.path));
    if (sameSide(now.side, change.before) && (!now.other || change.before === null)) continue;
    // A folder of ours may stand where a file was (a/b in place of a): it goes when it is empty.
    const folderOfOurs = now.other && manifest.madeFolders.includes(change.path);
    const gone = now.side === null && !now.other;
    if (!folderOfOurs && !gone && (now.other || !sameSide(now.side, change.after))) {
      changed.add(change.path);
      continue;
    }
    if (folderOfOurs) folders.push(change.path);
    steps.push({
      path: change.path,
      to: change.before,
      source: beforeFile(folder, manifest.token, number),
      stamp: now.other ? "none" : now.stamp,
      ...(change.mtimeMs === undefined ? {} : { mtimeMs: change.mtimeMs }),
    });
  }
  const going = new Set([
    ...steps.filter((step) => step.to === null).map((step) => step.path),
    ...manifest.changes.map((change) => temporaryName(change.path, manifest.token)),
  ]);
  for (const path of folders) {
    for (const stranger of await strangersIn(root, path, going, manifest.madeFolders)) {
      changed.add(stranger);
    }
  }
  for (const path of blockedFolders(root, steps, going)) changed.add(path);
  return { steps, changed: [...changed] };
}

/** At most so many of the paths that stay in a folder are named. */
const MOST_NAMED = 5;

/** What lies in a folder and does not go with the steps; an empty folder of somebody's too. */
async function strangersIn(
  root: string,
  folder: string,
  going: ReadonlySet<string>,
  made: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(root, folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory && made.includes(path)) {
      found.push(...await strangersIn(root, path, going, made));
    } else if (entry.isDirectory || !going.has(path)) found.push(path);
    if (found.length >= MOST_NAMED) break;
  }
  return found.slice(0, MOST_NAMED);
}

/** Paths above the steps' paths that are no folders any more: nothing is reached through a link. */
function blockedFolders(
  root: string,
  steps: readonly FileStep[],
  going: ReadonlySet<string>,
): string[] {
  const seen = new Map<string, boolean>();
  for (const step of steps) {
    for (let at = dirname(step.path); at !== "." && !seen.has(at); at = dirname(at)) {
      const info = lstatNow(join(root, at));
      seen.set(at, info !== undefined && !info.isDirectory && !going.has(at));
    }
  }
  return [...seen].filter(([, blocked]) => blocked).map(([path]) => path);
}
