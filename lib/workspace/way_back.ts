import { readManifests } from "./applied_record.ts";
import { runFolder } from "./run_folder.ts";
import type { AppliedRecord } from "./run_workspace.ts";

/**
 * The apply of a run, cut off or whole, that only what lies in the run's folder (`dir`) takes back;
 * undefined where there is none. One onto a branch is not: the user's files did not change.
 */
export async function wayBack(dir: string): Promise<AppliedRecord | undefined> {
  const manifests = await readManifests(runFolder(dir).applied);
  const last = manifests.findLast((one) => one.state !== "undone" && one.branch === undefined);
  return last && { token: last.token, at: last.at, state: last.state };
}

/** When the apply of a run that is not undone was made, and the paths that it changed. */
export async function appliedPaths(
  dir: string,
): Promise<{ at: string; paths: string[] } | undefined> {
  const manifests = await readManifests(runFolder(dir).applied);
  const last = manifests.findLast((one) => one.state !== "undone");
  return last && { at: last.at, paths: last.changes.map((change) => change.path) };
}
