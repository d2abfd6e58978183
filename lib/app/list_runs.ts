import { type RunView, viewRun } from "../engine/run/view.ts";
import type { App } from "./app.ts";
import { createdRun, hasJournal, isWithin, realPath, runIds } from "./find_run.ts";
import { readRunState } from "./run/run_log.ts";
import { liveView } from "./show_run.ts";

/** Runs, the newest first: of the project around the working folder, or all. */
export async function listRuns(
  app: App,
  options: { all: boolean; limit: number },
): Promise<RunView[]> {
  if (!await hasJournal(app)) return [];
  const journal = await app.journal();
  const here = await realPath(app.cwd);
  const views: RunView[] = [];
  for (const id of await runIds(journal, options.all ? options.limit : 1000)) {
    // The same rule by which a command without a word finds its run.
    if (!options.all && !isWithin(here, (await createdRun(journal, id)).project)) continue;
    const state = await readRunState(journal, id);
    views.push(await liveView(app, viewRun(state), state));
    if (views.length >= options.limit) break;
  }
  return views;
}
