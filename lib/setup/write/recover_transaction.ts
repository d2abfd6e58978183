import type { OnStep } from "./apply_transaction.ts";
import { fileTrouble } from "./file_trouble.ts";
import { takePending } from "./pending.ts";
import {
  commitStep,
  digestAt,
  type PendingStep,
  removeEmptyFolders,
  stagedPath,
  sweepStep,
  takeBack,
} from "./pending_files.ts";
import type { PendingPlan, PendingRecord } from "./pending_record.ts";

/** What was found of an earlier transaction, and done about it. */
export interface Recovery {
  outcome: "none" | "completed" | "rolled_back";
  /** Files of that transaction. */
  files: readonly string[];
  /** Files that somebody changed since: they were left as they are. */
  kept: readonly string[];
}

/**
 * Looks for a transaction that was cut off and ends it: completes it where all its files had been
 * written and none was changed since, else takes it back. To be called before a new plan is made;
 * without anything to recover it only looks for one file. Errors: setup_unfinished when another
 * process is at work, or the record is damaged; not_writable, disk_full, unreadable.
 */
export async function recoverTransaction(
  root: string,
  options: { onStep?: OnStep } = {},
): Promise<Recovery> {
  const { onStep = () => {} } = options;
  const found = await takePending(root);
  if (found === undefined) return { outcome: "none", files: [], kept: [] };
  using pending = found.pending;
  const { plan, phase } = found;
  if (plan === undefined) {
    await pending.remove();
    return { outcome: "rolled_back", files: [], kept: [] };
  }
  const files = plan.steps.map((step) => step.path);
  if (await recoveryOf({ plan, phase }) === "completed") {
    if (phase === "committing") await complete(plan, onStep);
    onStep("sweep");
    for (const step of plan.steps) await sweepStep(step, plan.token);
    onStep("remove empty folders");
    await removeEmptyFolders(plan.emptied);
    onStep("remove the record");
    await pending.remove();
    // Our own folder was not empty before.
    await removeEmptyFolders(plan.emptied);
    return { outcome: "completed", files, kept: [] };
  }
  const kept = await takeBack(plan, onStep);
  onStep("remove the record");
  await pending.remove();
  // Our own folder was not empty before.
  await removeEmptyFolders(plan.made);
  return { outcome: "rolled_back", files, kept };
}

/** What a recovery of a record would come to. */
export async function recoveryOf(
  { plan, phase }: Pick<PendingRecord, "plan" | "phase">,
): Promise<"completed" | "rolled_back"> {
  if (plan === undefined || phase === "staging" || phase === "rolling_back") return "rolled_back";
  if (phase === "done") return "completed";
  const states = await Promise.all(plan.steps.map((step) => stateOf(step, plan.token)));
  return states.includes("lost") ? "rolled_back" : "completed";
}

async function complete(plan: PendingPlan, onStep: OnStep): Promise<void> {
  for (const step of plan.steps) {
    onStep(`complete ${step.path}`);
    try {
      if (await stateOf(step, plan.token) === "ready") await commitStep(step, plan.token);
    } catch (thrown) {
      throw fileTrouble("Write", step.path, thrown);
    }
  }
}

/** Whether a step's file is new, can become so, or neither. */
async function stateOf(step: PendingStep, token: string): Promise<"new" | "ready" | "lost"> {
  const now = await digestAt(step.path);
  if (now === step.after) return "new";
  if (now !== step.before) return "lost";
  if (step.after === null) return "ready";
  return await digestAt(stagedPath(step, token)) === step.after ? "ready" : "lost";
}
