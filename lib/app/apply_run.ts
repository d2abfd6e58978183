import { runEvent } from "../engine/run/events.ts";
import type { RunState } from "../engine/run/state.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Applied, ChangedPath } from "../workspace/run_workspace.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";
import { openWorkspace } from "./run/open_workspace.ts";
import { requireFiles, takeOver } from "./run/take_over.ts";
import { unrecordedApply } from "./run/unrecorded_apply.ts";
import { workerLives } from "./show_run.ts";

/** Where a run's changes go. */
export type ApplyMode =
  | { kind: "worktree" }
  | { kind: "commit"; message: string }
  | { kind: "branch"; name: string };

/** What an apply or an undo changed. */
export interface ApplyResult {
  runId: string;
  paths: ChangedPath[];
  dryRun: boolean;
  /** Where the changes went, or were taken back from. */
  where: ApplyMode["kind"];
  /** What to type to take it back; absent for an undo. */
  undoHint?: string;
}

/**
 * Brings a run's integrated changes into the user's files. Errors: not_found, not_allowed (still
 * worked on, discarded, applied already), nothing_to_do, conflict (overlaps with later edits; nothing
 * was written), those of the workspace.
 */
export async function applyRun(
  app: App,
  word: string | undefined,
  options: { mode: ApplyMode; dryRun: boolean },
): Promise<ApplyResult> {
  const state = await findRun(app, word);
  const { runId } = state.created;
  await requireQuiet(app, state);
  if (state.applied) {
    throw new OuroborosError({
      code: "not_allowed",
      message: `Apply run "${runId}": it was applied already`,
      hint: `ouroboros undo ${runId}`,
    });
  }
  if (state.headTree === state.created.base.tree) {
    throw new OuroborosError({
      code: "nothing_to_do",
      message: `Apply run "${runId}": none of its work was integrated`,
      hint: `ouroboros status ${runId}`,
    });
  }
  const workspace = await openWorkspace(app, state);
  if (await unrecordedApply(workspace) !== undefined) {
    throw new OuroborosError({
      code: "not_allowed",
      message: `Apply run "${runId}": an earlier apply of it was cut off`,
      hint: `ouroboros undo ${runId}`,
    });
  }
  const applied = await workspace.apply({
    from: state.created.base.commit,
    to: state.head,
    mode: options.mode,
    dryRun: options.dryRun,
  });
  const paths = pathsOf(applied, {
    action: `Apply run "${runId}"`,
    hint: `Move your edits away, or: ouroboros apply ${runId} --branch NAME`,
  });
  if (!options.dryRun && applied.ok) {
    const { log } = await takeOver(await app.journal(), runId, { owner: "apply" });
    const mode = options.mode.kind;
    await log.append(runEvent("run.applied", { mode, undo: applied.undo, paths: paths.length }));
  }
  const { dryRun, mode: { kind: where } } = options;
  return { runId, paths, dryRun, where, undoHint: `ouroboros undo ${runId}` };
}

/**
 * Takes the last apply of a run back. Errors: not_found, not_allowed (nothing applied), conflict
 * (files changed since; nothing was written), those of the workspace.
 */
export async function undoRun(
  app: App,
  word: string | undefined,
  options: { dryRun: boolean },
): Promise<ApplyResult> {
  const state = await findRun(app, word);
  const { runId } = state.created;
  await requireQuiet(app, state);
  const workspace = await openWorkspace(app, state);
  const undo = state.applied?.undo ?? await unrecordedApply(workspace);
  if (undo === undefined) {
    throw new OuroborosError({
      code: "not_allowed",
      message: `Undo run "${runId}": it is not applied`,
      hint: `ouroboros status ${runId}`,
    });
  }
  // One that was cut off did not say where it went; the paths are named all the same.
  const where = (state.applied?.mode ?? "worktree") as ApplyMode["kind"];
  const undone = await workspace.undo(undo, { dryRun: options.dryRun });
  const paths = pathsOf(undone, {
    action: `Undo run "${runId}"`,
    hint: "Your later edits of these files would be lost; put them aside first",
  });
  if (!options.dryRun) {
    const { log } = await takeOver(await app.journal(), runId, { owner: "undo" });
    await log.append(runEvent("run.undone", { undo }));
  }
  return { runId, paths, dryRun: options.dryRun, where };
}

async function requireQuiet(app: App, state: RunState): Promise<void> {
  requireFiles(state);
  if (!await workerLives(app, state)) return;
  throw new OuroborosError({
    code: "not_allowed",
    message: `Use the files of run "${state.created.runId}": it is still worked on`,
    hint: `ouroboros status ${state.created.runId}`,
  });
}

function pathsOf(applied: Applied, words: { action: string; hint: string }): ChangedPath[] {
  if (applied.ok) return applied.paths;
  throw new OuroborosError({
    code: "conflict",
    message: `${words.action}: these files were changed since, and nothing was written: ${
      applied.overlaps.map((path) => `"${path}"`).join(", ")
    }`,
    hint: words.hint,
  });
}
