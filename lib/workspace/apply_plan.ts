import { dirname, join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { nulJoin, textOf } from "./bytes.ts";
import type { AppliedChange } from "./applied_record.ts";
import { beforeFile } from "./applied_record.ts";
import { type FileSide, sideOf } from "./file_side.ts";
import type { FileStep } from "./file_changes.ts";
import { lstatIfAny, lstatNow } from "./not_found.ts";
import type { Plumbing, WorkingPlace } from "./plumbing.ts";
import { isUtf8Name } from "./project_paths.ts";
import type { TreeChange } from "./tree_reads.ts";

/** What a plan is made from. */
export interface PlanParts {
  git: Plumbing;
  /** The user's top folder with our index of it as it is now. */
  place: WorkingPlace;
  changes: readonly TreeChange[];
  tree: string;
  /** Where bytes are kept: `<run>/applied`, and the name of this `apply` in it. */
  folder: string;
  token: string;
}

/** Steps to take, and what is needed to take them back. */
export interface ApplyPlan {
  steps: FileStep[];
  changes: AppliedChange[];
  madeFolders: string[];
  /** Stored paths (text) where something stands in the way. */
  overlaps: string[];
}

/**
 * Prepares an `apply`: the new bytes are laid out, with line ends as the user's settings want them,
 * and the bytes of before are kept. Nothing of the user's is touched. Errors: workspace_unsupported.
 */
export async function planApply(parts: PlanParts): Promise<ApplyPlan> {
  const { place, folder, token } = parts;
  for (const change of parts.changes) refuseOdd(change);
  const staging = join(folder, token, "after");
  await Deno.mkdir(join(folder, token, "before"), { recursive: true });
  await stageFiles(parts, staging);
  const plan: ApplyPlan = { steps: [], changes: [], madeFolders: [], overlaps: [] };
  const leaving = new Set(
    parts.changes.filter((change) => change.kind === "deleted").map((change) =>
      textOf(change.path)
    ),
  );
  const made = new Set<string>();
  for (const [number, change] of parts.changes.entries()) {
    const path = textOf(change.path);
    const target = join(place.workTree, path);
    const now = await sideOf(target);
    if (await inTheWay(parts, { path, change, now, leaving })) {
      plan.overlaps.push(path);
      continue;
    }
    const source = join(staging, path);
    const after = change.kind === "deleted" ? null : await afterSide(source, now.side);
    const mtime = now.side?.kind === "file" ? Deno.lstatSync(target).mtime?.getTime() : undefined;
    if (now.side?.kind === "file") Deno.copyFileSync(target, beforeFile(folder, token, number));
    plan.changes.push({
      path,
      kind: change.kind,
      before: now.side,
      after,
      ...(mtime === undefined ? {} : { mtimeMs: mtime }),
    });
    // Where a folder stands now, it is empty and gone when the step is taken.
    plan.steps.push({ path, to: after, source, stamp: now.other ? "none" : now.stamp });
    if (after !== null) noteFolders(place.workTree, { path, leaving, made });
  }
  plan.madeFolders = [...made];
  return plan;
}

function refuseOdd(change: TreeChange): void {
  const path = textOf(change.path);
  if (change.from.mode === "160000" || change.to.mode === "160000") {
    throw new OuroborosError({
      code: "workspace_unsupported",
      message: `Apply "${path}": a submodule cannot be moved to another commit from here`,
    });
  }
  if (isUtf8Name(change.path)) return;
  throw new OuroborosError({
    code: "workspace_unsupported",
    message: `Apply "${path}": the name is not UTF-8`,
    hint: "ouroboros diff RUN > work.patch && git apply work.patch",
  });
}

/** Writes the files of a tree that change into a folder of ours, as a checkout would. */
async function stageFiles(parts: PlanParts, staging: string): Promise<void> {
  await Deno.mkdir(staging, { recursive: true });
  const wanted = parts.changes.filter((change) => change.kind !== "deleted");
  if (wanted.length === 0) return;
  const place: WorkingPlace = {
    gitDir: parts.place.gitDir,
    workTree: staging,
    index: join(parts.folder, parts.token, "index"),
  };
  // The whole tree: attribute files of folders above decide about line ends.
  await parts.git(place, ["read-tree", parts.tree], { config: ["core.sparseCheckout=false"] });
  await parts.git(place, ["checkout-index", "-z", "--stdin", "--force", "--quiet"], {
    stdin: nulJoin(wanted.map((change) => change.path)),
    config: ["core.sparseCheckout=false", "checkout.workers=0"],
  });
  await Deno.remove(place.index);
}

async function afterSide(source: string, before: FileSide | null): Promise<FileSide | null> {
  const { side } = await sideOf(source);
  if (side?.kind !== "file" || before?.kind !== "file") return side;
  // Whoever may read and write the file stays as it was; only executing follows the work.
  const executable = (side.mode & 0o100) !== 0;
  const mode = executable ? before.mode | ((before.mode & 0o444) >> 2) : before.mode & ~0o111;
  return { ...side, mode };
}

interface Obstacle {
  path: string;
  change: TreeChange;
  now: { side: FileSide | null; other: boolean };
  leaving: ReadonlySet<string>;
}

/** Whether something that the snapshot does not know (an ignored file, a folder) stands there. */
async function inTheWay(parts: PlanParts, at: Obstacle): Promise<boolean> {
  const top = parts.place.workTree;
  for (let folder = dirname(at.path); folder !== "."; folder = dirname(folder)) {
    const info = lstatNow(join(top, folder));
    if (info !== undefined && !info.isDirectory && !at.leaving.has(folder)) return true;
  }
  if (at.change.kind !== "added") return at.now.side === null;
  if (at.now.side !== null) return true;
  return at.now.other && !await emptiesOut(top, at.path, at.leaving);
}

/** Whether all that a folder holds is about to leave. */
async function emptiesOut(
  top: string,
  folder: string,
  leaving: ReadonlySet<string>,
): Promise<boolean> {
  if (!(await lstatIfAny(join(top, folder)))?.isDirectory) return false;
  let goes = false;
  for await (const entry of Deno.readDir(join(top, folder))) {
    const path = `${folder}/${entry.name}`;
    goes = entry.isDirectory ? await emptiesOut(top, path, leaving) : leaving.has(path);
    if (!goes) return false;
  }
  // A folder that is empty by itself is somebody's wish.
  return goes;
}

function noteFolders(
  top: string,
  at: { path: string; leaving: ReadonlySet<string>; made: Set<string> },
): void {
  for (let folder = dirname(at.path); folder !== "."; folder = dirname(folder)) {
    if (at.made.has(folder)) return;
    const info = lstatNow(join(top, folder));
    if (info === undefined || at.leaving.has(folder)) at.made.add(folder);
  }
}
