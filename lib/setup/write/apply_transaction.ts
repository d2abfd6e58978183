import { dirname } from "@std/path";
import { sha256 } from "../../kernel/digest.ts";
import { messageOf, OuroborosError } from "../../kernel/error.ts";
import type { Applied, FileChange, Transaction } from "./file_change.ts";
import { fileTrouble } from "./file_trouble.ts";
import { beginPending, type Pending } from "./pending.ts";
import {
  commitStep,
  digestAt,
  keepOld,
  type PendingStep,
  removeEmptyFolders,
  stagedPath,
  sweepStep,
  takeBack,
} from "./pending_files.ts";
import type { PendingPlan } from "./pending_record.ts";
import { makeFolder, stageFile, syncFolder } from "./stage_file.ts";
import {
  assertOwnFolders,
  assertWritable,
  foldersToMake,
  readTarget,
  type Target,
} from "./target.ts";

/** Told before each step on the disk: where a test ends the process. */
export type OnStep = (step: string) => void;

/** What surrounds a transaction. */
export interface ApplyOptions {
  /** Hex digits that no other transaction has; names the files that lie beside the real ones. */
  token: string;
  onStep?: OnStep;
}

/**
 * Carries out a plan as a whole: each file is replaced by a rename, only where it is still as it
 * was shown, and a failure at any point puts every file back to the byte. After a kill at any
 * point each file is old or new, and `recoverTransaction` completes or takes back the rest.
 *
 * Errors, nothing changed: conflict (a file is not as it was shown), host_file_unusable (a link,
 * folder or device in its place), not_writable, unreadable, disk_full, setup_unfinished (recover
 * first, or another process is at work).
 */
export async function applyTransaction(
  transaction: Transaction,
  options: ApplyOptions,
): Promise<Applied> {
  const { root, changes } = transaction;
  const { token, onStep = () => {} } = options;
  await assertOwnFolders([root, ...transaction.ours ?? []]);
  const targets = await Promise.all(changes.map(lookAt));
  const made = await foldersToMake([
    `${root}/any`,
    ...changes.filter((change) => change.after !== null).map((change) => change.path),
  ]);
  const steps = changes.map(({ path, before, after }) => ({
    path,
    before,
    after: after === null ? null : sha256(after),
  }));
  const plan: PendingPlan = {
    version: 1,
    token,
    steps,
    made,
    emptied: [...transaction.emptied ?? []],
  };
  onStep("make our folder");
  await makeMissing(
    made.filter((folder) => root === folder || root.startsWith(`${folder}/`)),
    root,
  );
  onStep("begin the record");
  let pending: Pending;
  try {
    pending = await beginPending(root, plan);
  } catch (thrown) {
    if (!(thrown instanceof OuroborosError && thrown.code === "setup_unfinished")) {
      await removeEmptyFolders(made).catch(() => {});
    }
    throw thrown;
  }
  using _ = pending;
  try {
    await stage(plan, changes, targets, { root, onStep });
    onStep("begin to commit");
    await pending.enter("committing");
    for (const step of steps) await commit(step, token, onStep);
  } catch (thrown) {
    return await giveUp({ plan, pending, onStep }, thrown);
  }
  return { made, removed: await finish(plan, pending, onStep) };
}

/** A change's file as it is, which must be as it was shown. */
async function lookAt({ path, before, after }: FileChange): Promise<Target> {
  const target = await readTarget(path);
  if (target.digest !== before) throw changedSince(path);
  if (after !== null || before !== null) await assertWritable(path, target);
  return target;
}

async function makeMissing(folders: readonly string[], root: string): Promise<void> {
  for (const folder of folders) {
    try {
      await makeFolder(folder, folder === root || folder.startsWith(`${root}/`) ? 0o700 : 0o755);
    } catch (thrown) {
      if (!(thrown instanceof Deno.errors.AlreadyExists)) throw fileTrouble("Make", folder, thrown);
    }
  }
}

/** Everything that can fail for want of space or rights, while no file has been touched. */
async function stage(
  plan: PendingPlan,
  changes: readonly FileChange[],
  targets: readonly Target[],
  { root, onStep }: { root: string; onStep: OnStep },
): Promise<void> {
  for (const folder of plan.made) {
    onStep(`make ${folder}`);
    await makeMissing([folder], root);
  }
  for (const [index, step] of plan.steps.entries()) {
    const { after, mode = 0o644 } = changes[index]!;
    const info = targets[index]!.info;
    try {
      onStep(`keep ${step.path}`);
      if (info) await keepOld(step, plan.token);
      onStep(`stage ${step.path}`);
      if (after !== null) {
        await stageFile(stagedPath(step, plan.token), after, {
          mode,
          place: step.path,
          ...(info ? { like: info } : {}),
        });
      }
    } catch (thrown) {
      throw fileTrouble("Write", step.path, thrown);
    }
  }
  for (const folder of new Set(plan.steps.map((step) => dirname(step.path)))) {
    await syncFolder(folder);
  }
}

async function commit(step: PendingStep, token: string, onStep: OnStep) {
  onStep(`compare ${step.path}`);
  // The last look before the rename: an editor or the host itself may have been at work.
  if (await digestAt(step.path) !== step.before) throw changedSince(step.path);
  if (step.after === null && step.before === null) return;
  onStep(`commit ${step.path}`);
  try {
    await commitStep(step, token);
  } catch (thrown) {
    throw fileTrouble("Write", step.path, thrown);
  }
}

/** What is left when all files are in their places. */
async function finish(
  plan: PendingPlan,
  pending: Pending,
  onStep: OnStep,
): Promise<string[]> {
  onStep("end the record");
  // Without it a recovery finds all files new, and comes to the same end.
  await pending.enter("done").catch(() => {});
  onStep("sweep");
  for (const step of plan.steps) await sweepStep(step, plan.token);
  onStep("remove empty folders");
  // While the record still names them: a kill between the two would leave them for good.
  const removed = await removeEmptyFolders(plan.emptied);
  onStep("remove the record");
  await pending.remove();
  // Our own folder was not empty before.
  return [...removed, ...await removeEmptyFolders(plan.emptied)];
}

/** Takes everything back, then throws what went wrong, and what could not be taken back. */
async function giveUp(
  { plan, pending, onStep }: { plan: PendingPlan; pending: Pending; onStep: OnStep },
  thrown: unknown,
): Promise<never> {
  let kept: string[];
  try {
    // A full disk may refuse the line; a recovery then finds that it cannot go on, and goes back.
    await pending.enter("rolling_back").catch(() => {});
    kept = await takeBack(plan, onStep);
    await pending.remove();
    await removeEmptyFolders(plan.made);
  } catch (second) {
    throw new OuroborosError({
      code: "setup_unfinished",
      message: `${messageOf(thrown)}; taking the rest back failed: ${messageOf(second)}`,
      hint: "Run the same command again when that is mended: it is taken back first",
      cause: thrown,
    });
  }
  throw kept.length === 0 ? thrown : withKept(thrown, kept);
}

function withKept(thrown: unknown, kept: readonly string[]): OuroborosError {
  const known = thrown instanceof OuroborosError ? thrown : undefined;
  return new OuroborosError({
    code: known?.code ?? "unreadable",
    message: `${messageOf(thrown)}; changed meanwhile and left as it is: ${
      kept.map((path) => `"${path}"`).join(", ")
    }`,
    ...(known?.hint === undefined ? {} : { hint: known.hint }),
    cause: thrown,
  });
}

function changedSince(path: string): OuroborosError {
  return new OuroborosError({
    code: "conflict",
    message: `Write "${path}": it was changed since it was read`,
    hint: "Run the same command again: it is shown anew",
    retryable: true,
  });
}
