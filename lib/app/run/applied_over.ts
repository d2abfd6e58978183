import { join } from "@std/path";
import type { RunState } from "../../engine/run/state.ts";
import { appliedPaths } from "../../workspace/way_back.ts";
import type { App } from "../app.ts";
import { createdRun, runIds } from "../find_run.ts";
import { runFolder } from "./run_folder.ts";

/** How many of the newest runs are looked through. */
const LOOKED_THROUGH = 200;

/**
 * Other runs of the project that were applied after this one and changed one of `paths`, the newest
 * apply first: they are undone before it, or what they brought would be lost.
 */
export async function appliedOver(
  app: App,
  state: RunState,
  paths: readonly string[],
): Promise<string[]> {
  const { runId, project } = state.created;
  const own = (await appliedPaths(runFolder(app, runId)))?.at;
  if (own === undefined) return [];
  const journal = await app.journal();
  const found: { id: string; at: string }[] = [];
  for (const id of await runIds(journal, LOOKED_THROUGH)) {
    if (id === runId || (await createdRun(journal, id)).project !== project) continue;
    const other = await appliedPaths(runFolder(app, id));
    if (other === undefined || other.at <= own) continue;
    if (paths.some((path) => other.paths.some((one) => isSame(one, path)))) {
      found.push({ id, at: other.at });
    }
  }
  return found.sort((a, b) => a.at < b.at ? 1 : -1).map((one) => one.id);
}

/** Whether a path below the top folder is that one, which is seen from the project's folder. */
function isSame(stored: string, seen: string): boolean {
  const below = seen.replace(/^(\.\.\/)+/, "");
  return join("/", stored).endsWith(join("/", below));
}
