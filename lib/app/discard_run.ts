import { join } from "@std/path";
import { runEvent } from "../engine/run/events.ts";
import type { RunState } from "../engine/run/state.ts";
import { OuroborosError } from "../kernel/error.ts";
import { removeTree, treeBytes } from "../workspace/remove_tree.ts";
import { listRunFolders, removeLeftovers } from "../workspace/run_folders.ts";
import { wayBack } from "../workspace/way_back.ts";
import { type App, systemTmp } from "./app.ts";
import { findRun, hasJournal, runIds } from "./find_run.ts";
import { ownRunFolders } from "./own_run_folders.ts";
import { runTmp } from "./run/attempt_room.ts";
import { whileHolding } from "./run/hold_run.ts";
import { removeRunFiles } from "./run/open_workspace.ts";
import { runFolder } from "./run/run_folder.ts";
import { readRunState } from "./run/run_log.ts";
import { takeOver } from "./run/take_over.ts";
import { workerLives } from "./show_run.ts";
import { removeLeftFolders } from "./work_folder.ts";

/** What a discard removed, or would remove. */
export interface Discarded {
  runId: string;
  dir: string;
  bytes: number;
}

/**
 * Removes a run's files; its events and receipts stay. `forgetUndo`: also where an apply could then
 * not be taken back. Errors: not_found, not_allowed (worked on, applied).
 */
export async function discardRun(
  app: App,
  word: string,
  options: { dryRun: boolean; forgetUndo: boolean },
): Promise<Discarded> {
  const state = await findRun(app, word);
  const { runId } = state.created;
  const dir = runFolder(app, runId);
  if (await workerLives(app, state)) {
    throw new OuroborosError({
      code: "not_allowed",
      message: `Discard run "${runId}": it is still worked on`,
      hint: `ouroboros cancel ${runId}`,
    });
  }
  if (!options.forgetUndo) await keepWayBack(dir, state);
  if (options.dryRun) return { runId, dir, bytes: await treeBytes(dir) };
  return { runId, dir, bytes: await discard(app, state) };
}

/** The bytes of before lie in the run's folder and nowhere else. */
async function keepWayBack(dir: string, state: RunState): Promise<void> {
  const applied = await wayBack(dir);
  if (applied === undefined) return;
  const { runId } = state.created;
  const why = state.applied
    ? "its changes are in your files, and could not be taken back any more"
    : "an apply of it was cut off, and what it did could not be taken back any more";
  throw new OuroborosError({
    code: "not_allowed",
    message: `Discard run "${runId}": ${why}`,
    hint: `ouroboros undo ${runId}; or keep the changes: ouroboros discard ${runId} --forget-undo`,
  });
}

async function discard(app: App, state: RunState): Promise<number> {
  const { runId } = state.created;
  const action = `Discard run "${runId}"`;
  return await whileHolding(app, { runId, action }, () => discardHeld(app, runId));
}

async function discardHeld(app: App, runId: string): Promise<number> {
  const journal = await app.journal();
  let bytes = 0;
  await removeTree(runTmp(systemTmp(app), runId));
  const { log } = await takeOver(journal, runId, { owner: "discard" }).catch(async (error) => {
    if (!(error instanceof OuroborosError) || error.code !== "disk_full") throw error;
    // Nobody works on it, and its files are what fills the disk.
    bytes = await removeRunFiles(app, runId);
    return await takeOver(journal, runId, { owner: "discard" });
  });
  bytes += await removeRunFiles(app, runId);
  if (!log.state.discarded) await log.append(runEvent("run.discarded", { bytes }));
  return bytes;
}

/** Files of one run that a collection removed, or would remove. */
export interface Collected {
  runId: string;
  bytes: number;
  why: string;
}

/**
 * Removes the files of runs that ended more than `days` days ago, folders of ours that no run in the
 * journal knows, and those for temporary files that killed commands left. Interrupted runs and runs that are worked on are kept; of runs that were
 * applied what an undo needs is, unless `forgetUndo`. What else lies among the folders of runs is
 * not ours: it is left, and named. `young`: folders that no run knows and that are kept for their age.
 */
export async function collectGarbage(
  app: App,
  options: { days: number; dryRun: boolean; forgetUndo: boolean },
): Promise<{ removed: Collected[]; young: Collected[]; left: string[] }> {
  if (!options.dryRun) await removeLeftFolders(systemTmp(app));
  const journal = await hasJournal(app) ? await app.journal() : undefined;
  const before = app.clock.now().getTime() - options.days * 86_400_000;
  const known = new Set<string>();
  const removed: Collected[] = [];
  for (const runId of journal ? await runIds(journal, 100_000) : []) {
    known.add(runId);
    const state = await readRunState(journal!, runId);
    if (state.discarded || !state.ended || Date.parse(state.updatedAt) > before) continue;
    const dir = runFolder(app, runId);
    const why = `ended ${state.ended.at}`;
    if (!options.forgetUndo && await wayBack(dir) !== undefined) {
      const bytes = await removeLeftovers(dir, options);
      if (bytes > 0) removed.push({ runId, bytes, why: `${why}; kept: what undo needs` });
      continue;
    }
    const bytes = options.dryRun ? await treeBytes(dir) : await discard(app, state);
    removed.push({ runId, bytes, why });
  }
  const { others } = await ownRunFolders(app.paths.runs, known);
  const strays = await removeStrays(app, new Set([...known, ...others]), { ...options, before });
  removed.push(...strays.removed);
  return { removed, young: strays.young, left: others.map((name) => join(app.paths.runs, name)) };
}

/**
 * Folders of runs that the journal does not know: a worker died before its first event. A young one
 * is kept, and named: it may be that of a run that is just being made, or its journal may come back.
 */
async function removeStrays(
  app: App,
  except: ReadonlySet<string>,
  options: { dryRun: boolean; forgetUndo: boolean; before: number },
): Promise<{ removed: Collected[]; young: Collected[] }> {
  const removed: Collected[] = [];
  const young: Collected[] = [];
  for (const { id, path, bytes, changedAt } of await listRunFolders(app.paths.runs, except)) {
    const stray = { runId: id, bytes, why: "no run of this id is in the journal" };
    if (changedAt.getTime() > options.before) {
      young.push(stray);
      continue;
    }
    // Its journal may come back, and would know that it was applied.
    if (!options.forgetUndo && await wayBack(path) !== undefined) {
      const given = await removeLeftovers(path, options);
      const why = `${stray.why}; kept: what undo needs`;
      if (given > 0) removed.push({ runId: id, bytes: given, why });
      continue;
    }
    if (!options.dryRun) await removeRunFiles(app, id);
    removed.push(stray);
  }
  return { removed, young };
}
