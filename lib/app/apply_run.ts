import { runEvent } from "../engine/run/events.ts";
import type { RunState } from "../engine/run/state.ts";
import { type UnprovedWork, unprovedWork } from "../engine/run/unproved_work.ts";
import type { OutsideLink } from "../kernel/outside_link.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Applied, ChangedPath } from "../workspace/run_workspace.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";
import { appliedOver } from "./run/applied_over.ts";
import { whileHolding } from "./run/hold_run.ts";
import { openWorkspace } from "./run/open_workspace.ts";
import { readRunState } from "./run/run_log.ts";
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
  /** Links among the paths that lead out of the project. */
  links: readonly OutsideLink[];
  /** Criteria whose work is among the changes and that nothing proved; absent for an undo. */
  unproved?: readonly UnprovedWork[];
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
  return await quietly(app, await findRun(app, word), {
    verb: "Apply",
    dryRun: options.dryRun,
    work: (state) => apply(app, state, options),
  });
}

async function apply(
  app: App,
  state: RunState,
  options: { mode: ApplyMode; dryRun: boolean },
): Promise<ApplyResult> {
  const { runId } = state.created;
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
  const { paths, undo, links = [] } = done(applied, {
    action: `Apply run "${runId}"`,
    hint: `Move your edits away, or: ouroboros apply ${runId} --branch NAME`,
  });
  if (paths.length === 0) throw nothingLeft(runId, options.mode);
  if (!options.dryRun) {
    const { log } = await takeOver(await app.journal(), runId, { owner: "apply" });
    const mode = options.mode.kind;
    await log.append(runEvent("run.applied", { mode, undo, paths: paths.length }));
  }
  const { dryRun, mode: { kind: where } } = options;
  const unproved = unprovedWork(state.criteria);
  return { runId, paths, dryRun, where, links, unproved, undoHint: `ouroboros undo ${runId}` };
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
  return await quietly(app, await findRun(app, word), {
    verb: "Undo",
    dryRun: options.dryRun,
    work: (state) => undoApply(app, state, options),
  });
}

async function undoApply(
  app: App,
  state: RunState,
  options: { dryRun: boolean },
): Promise<ApplyResult> {
  const { runId } = state.created;
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
  const { paths } = done(undone, {
    action: `Undo run "${runId}"`,
    hint: undone.ok ? "" : await undoFirst(app, state, undone.overlaps),
  });
  if (!options.dryRun) {
    const { log } = await takeOver(await app.journal(), runId, { owner: "undo" });
    await log.append(runEvent("run.undone", { undo }));
  }
  return { runId, paths, links: [], dryRun: options.dryRun, where };
}

/** What to do before an undo that files stand in the way of. */
async function undoFirst(app: App, state: RunState, overlaps: readonly string[]): Promise<string> {
  const then = `then: ouroboros undo ${state.created.runId}`;
  const later = await appliedOver(app, state, overlaps);
  if (later.length === 0) {
    return `Move each to another place, for its edits would be lost; ${then}`;
  }
  const undos = later.map((id) => `ouroboros undo ${id}`).join("; ");
  return `${undos}, for that was applied later and changed the same; ${then}`;
}

/** An apply that changes nothing is no apply: it makes no commit, no branch, and needs no undo. */
function nothingLeft(runId: string, mode: ApplyMode): OuroborosError {
  const holds = mode.kind === "branch" ? "your present branch holds" : "your files hold";
  const made = mode.kind === "worktree" ? "" : `, so no ${mode.kind} was made`;
  return new OuroborosError({
    code: "nothing_to_do",
    message: `Apply run "${runId}": ${holds} all of its changes already${made}`,
    hint: mode.kind === "commit" ? "git status" : `ouroboros diff ${runId}`,
  });
}

/** Does something with a run's files while nobody works on it, and nobody can begin to. */
async function quietly(
  app: App,
  found: RunState,
  options: {
    verb: string;
    dryRun: boolean;
    work: (state: RunState) => Promise<ApplyResult>;
  },
): Promise<ApplyResult> {
  await requireQuiet(app, found);
  // What writes nothing takes no lease either.
  if (options.dryRun) return await options.work(found);
  const { runId } = found.created;
  return await whileHolding(app, { runId, action: `${options.verb} run "${runId}"` }, async () => {
    const state = await readRunState(await app.journal(), runId);
    requireFiles(state);
    return await options.work(state);
  });
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

function done(
  applied: Applied,
  words: { action: string; hint: string },
): Extract<Applied, { ok: true }> {
  if (applied.ok) return applied;
  throw new OuroborosError({
    code: "conflict",
    message: `${words.action}: these files were changed since, and nothing was written: ${
      applied.overlaps.map((path) => `"${path}"`).join(", ")
    }`,
    hint: words.hint,
  });
}
