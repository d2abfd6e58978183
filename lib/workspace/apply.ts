import { join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { type AppliedManifest, writeManifest } from "./applied_record.ts";
import { type ApplyPlan, planApply } from "./apply_plan.ts";
import { makeBranch } from "./apply_branch.ts";
import { commitFiles, uncommitted } from "./apply_commit.ts";
import { binaryOf, textOf } from "./bytes.ts";
import { takeSteps } from "./file_changes.ts";
import { fileError } from "./file_error.ts";
import { sideOf } from "./file_side.ts";
import { listWorkingTree } from "./list_working_tree.ts";
import { mergeTrees } from "./merge_trees.ts";
import { outsideLinks } from "./outside_links.ts";
import { outLinks } from "./tree_views.ts";
import { planUndo } from "./undo_plan.ts";
import { removeTree } from "./remove_tree.ts";
import { type SnapshotParts, snapshotUserTree } from "./base_snapshot.ts";
import type { Applied, ApplyOptions, ChangedPath } from "./run_workspace.ts";
import { compareTrees, type TreeChange } from "./tree_reads.ts";

/** What an `apply` is done with. */
export interface ApplyParts extends SnapshotParts {
  /** `<run>/applied`. */
  folder: string;
  token: string;
  now: Date;
}

/**
 * Brings what changed between two commits of ours into the user's tree as it is now, or onto a new
 * branch. Everything or nothing: an overlap with edits of the user's is shown and nothing is done,
 * and a failure half way puts every byte back. Errors: conflict, disk_full, not_writable, git_failed.
 */
export async function applyWork(parts: ApplyParts, options: ApplyOptions): Promise<Applied> {
  if (options.mode.kind === "branch") return await makeBranch(parts, options, options.mode.name);
  const { git, place, paths } = parts;
  const shown = (list: readonly string[]) => list.map((path) => paths.out(path));
  const { tree } = await snapshotUserTree(parts);
  const merged = await mergeTrees(git, place, {
    base: options.from,
    ours: tree,
    theirs: options.to,
  });
  if (!merged.ok) return { ok: false, overlaps: shown(merged.conflicts) };
  const changes = await compareTrees(git, place, { from: tree, to: merged.tree });
  const result = changes.map(({ path, kind }): ChangedPath => ({ path: paths.out(path), kind }));
  if (changes.length === 0) return { ok: true, paths: [], undo: "" };
  const links = outLinks(await outsideLinks(git, place, changes), paths);
  if (options.mode.kind === "commit") {
    const mixed = await uncommitted(parts, { tree, changes });
    if (mixed.length > 0) return { ok: false, overlaps: shown(mixed) };
  }
  try {
    const plan = await planApply({ ...parts, changes, tree: merged.tree });
    const overlaps = [...plan.overlaps, ...await changedSince(parts, changes)];
    if (overlaps.length > 0 || options.dryRun) {
      await removeTree(join(parts.folder, parts.token));
      if (overlaps.length === 0) return { ok: true, paths: result, undo: "", links };
      return {
        ok: false,
        overlaps: [...new Set(overlaps)].map((path) => paths.out(binaryOf(path))),
      };
    }
    await carryOut(parts, plan, options);
  } catch (error) {
    await dropUnlessNeeded(parts);
    throw untouched(fileError("Apply the work to", place.workTree, error));
  }
  return { ok: true, paths: result, undo: parts.token, links };
}

/** A failure of the file system, after which all is as before: whoever reads it must know that. */
function untouched(failed: OuroborosError): OuroborosError {
  const { code, message, hint } = failed;
  if (!["disk_full", "not_writable", "unreadable"].includes(code)) return failed;
  return new OuroborosError({
    code,
    message: `${message}; every file is as it was before`,
    ...(hint === undefined ? {} : { hint }),
    cause: failed,
  });
}

/** Paths that changed while the plan was made: their kept bytes may be those of neither moment. */
async function changedSince(
  parts: ApplyParts,
  changes: readonly TreeChange[],
): Promise<string[]> {
  const list = await listWorkingTree(parts.git, parts.place);
  const moved = new Set([...list.modified, ...list.removed, ...list.others]);
  return changes.filter((change) => moved.has(change.path)).map((change) => textOf(change.path));
}

async function carryOut(parts: ApplyParts, plan: ApplyPlan, options: ApplyOptions): Promise<void> {
  const { folder, token } = parts;
  const root = parts.place.workTree;
  const manifest: AppliedManifest = {
    schema: 1,
    token,
    at: parts.now.toISOString(),
    state: "applying",
    changes: plan.changes,
    madeFolders: plan.madeFolders,
  };
  await writeManifest(folder, manifest);
  try {
    await takeSteps(plan.steps, { root, token, keep: keptFolders(parts) });
    if (options.mode.kind === "commit") {
      manifest.commit = await commitFiles(parts, plan.changes, options.mode.message);
      // A hook of the user's may have formatted the files: undo compares with what they are now.
      for (const change of manifest.changes) {
        change.after = (await sideOf(join(root, change.path))).side;
      }
    }
  } catch (error) {
    await rollBack(parts, manifest, error);
    throw error;
  }
  await writeManifest(folder, { ...manifest, state: "applied" });
  await removeTree(join(folder, token, "after"));
}

/** Folders that stay though the work emptied them: the project's own, and those above it. */
export function keptFolders(parts: { paths: { prefix: string } }): string[] {
  const names = parts.paths.prefix.split("/").filter((name) => name !== "");
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

async function rollBack(
  parts: ApplyParts,
  manifest: AppliedManifest,
  reason: unknown,
): Promise<void> {
  const root = parts.place.workTree;
  const back = await planUndo(root, parts.folder, manifest);
  await takeSteps(back.steps, {
    root,
    token: parts.token,
    prunable: manifest.madeFolders,
    keep: keptFolders(parts),
  }).catch((error) => {
    throw new OuroborosError({
      code: "conflict",
      message:
        `Take back a half applied change in "${root}": ${error}; it was taken back because ` +
        `of: ${reason}`,
      hint: "ouroboros undo RUN",
      cause: error,
    });
  });
  await writeManifest(parts.folder, { ...manifest, state: "undone" });
}

/** A plan that was never begun leaves nothing behind. */
async function dropUnlessNeeded(parts: ApplyParts): Promise<void> {
  const folder = join(parts.folder, parts.token);
  try {
    await Deno.lstat(join(folder, "manifest.json"));
  } catch {
    await removeTree(folder).catch(() => {});
  }
}
