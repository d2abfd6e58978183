import { join } from "@std/path";
import { type AppliedManifest, beforeFile } from "./applied_record.ts";
import type { FileStep } from "./file_changes.ts";
import { sameSide, sideOf } from "./file_side.ts";

/** Steps that take an `apply` back, and paths where something else stands now. */
export interface UndoPlan {
  steps: FileStep[];
  changed: string[];
}

/**
 * Plans the way back. A path that is as it was before needs nothing; one that is as `apply` left it
 * goes back; anything else was changed since and is not touched.
 */
export async function planUndo(
  root: string,
  folder: string,
  manifest: AppliedManifest,
): Promise<UndoPlan> {
  const plan: UndoPlan = { steps: [], changed: [] };
  for (const [number, change] of manifest.changes.entries()) {
    const now = await sideOf(join(root, change.path));
    if (sameSide(now.side, change.before) && (!now.other || change.before === null)) continue;
    // A folder of ours may stand where a file was (a/b in place of a): it goes when it is empty.
    const folderOfOurs = now.other && manifest.madeFolders.includes(change.path);
    if (!folderOfOurs && (now.other || !sameSide(now.side, change.after))) {
      plan.changed.push(change.path);
      continue;
    }
    plan.steps.push({
      path: change.path,
      to: change.before,
      source: beforeFile(folder, manifest.token, number),
      stamp: now.other ? "none" : now.stamp,
      ...(change.mtimeMs === undefined ? {} : { mtimeMs: change.mtimeMs }),
    });
  }
  return plan;
}
