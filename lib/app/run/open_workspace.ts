import { join } from "@std/path";
import type { RunState } from "../../engine/run/state.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { reopenRunWorkspace } from "../../workspace/open_workspace.ts";
import { removeTree, treeBytes } from "../../workspace/remove_tree.ts";
import type { RunWorkspace } from "../../workspace/run_workspace.ts";
import type { App } from "../app.ts";
import { runFolder } from "./run_folder.ts";
import { isFolder, projectGone } from "./way_on.ts";

/**
 * A run's workspace as it was left. Errors: workspace_lost when its folder is gone, not_found when
 * the project's is.
 */
export async function openWorkspace(app: App, state: RunState): Promise<RunWorkspace> {
  const { runId, project } = state.created;
  const dir = runFolder(app, runId);
  const gone = await goneFiles(app, runId);
  if (gone !== undefined) {
    throw new OuroborosError({
      code: "workspace_lost",
      message: `Open the files of run "${runId}": "${gone}" is gone`,
      hint: `Its record is still there: ouroboros status ${runId}; start a new run for new work`,
    });
  }
  if (!await isFolder(project)) {
    throw projectGone({ runId, project }, "then run the same command again");
  }
  return await reopenRunWorkspace({
    ...{ git: app.git, dir, own: app.paths.root },
    now: () => app.clock.now(),
  });
}

/** Removes a run's folder; gives the bytes that it held. */
export async function removeRunFiles(app: App, runId: string): Promise<number> {
  const dir = runFolder(app, runId);
  const bytes = await treeBytes(dir);
  await removeTree(dir);
  return bytes;
}

/** What of a run's files is no longer there, its folder or the repository in it; undefined: nothing. */
export async function goneFiles(
  app: Pick<App, "paths">,
  runId: string,
): Promise<string | undefined> {
  const dir = runFolder(app, runId);
  const git = join(dir, "git");
  if (await isFolder(git)) return undefined;
  return await isFolder(dir) ? git : dir;
}
