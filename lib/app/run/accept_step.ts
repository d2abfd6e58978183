import { runEvent, type RunEventData } from "../../engine/run/events.ts";
import { recordedWork } from "../../engine/run/recorded_work.ts";
import { settleAgain } from "../../engine/run/settle_again.ts";
import type { CriterionState, RunState } from "../../engine/run/state.ts";
import { unblocked } from "../../engine/run/unblocked.ts";
import { workToBring } from "../../engine/run/work_to_bring.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { lookAtBranch } from "./check_steps.ts";
import type { RunContext } from "./run_context.ts";
import { acceptedReceipt, settleStep } from "./settle_step.ts";

/** A person's wish to close a criterion by their own judgement. */
export interface Acceptance {
  criterion: string;
  by: string;
  reason: string;
  /** Its work stays off the run's branch. */
  withoutWork: boolean;
  /** Version of the request that a worker got it by. */
  request?: number;
}

/** What an acceptance needs of a run. */
export type AcceptContext =
  & Pick<RunContext, "runId" | "seed" | "log" | "journal" | "check" | "clock">
  & { workspace: Pick<RunContext["workspace"], "integrate" | "moveHead"> };

/** Whether a criterion is closed already, by checks or by a person. */
export function isClosed(state: RunState, id: string): boolean {
  const settled = state.criteria.find((one) => one.id === id)?.settled?.state;
  return settled === "passed" || settled === "accepted";
}

/**
 * Closes a criterion as a person wishes. Its work (of the last try that changed something) comes onto
 * the run's branch, like that of a pass: three-way, and all that held is checked again there. One
 * append holds the whole of it, so that work which nobody accepted is never on the branch.
 * Errors: conflict, check_said_no (what held would break), not_allowed (no work, though the wish is
 * not to do without); nothing is changed then.
 */
export async function acceptStep(context: AcceptContext, wish: Acceptance): Promise<void> {
  const { log } = context;
  if (isClosed(log.state, wish.criterion)) return;
  const own = log.state.criteria.find((one) => one.id === wish.criterion)!;
  const brought = await bringWork(context, own, wish);
  const { criterion, by, reason } = wish;
  const accepted = { criterion, by, reason, tree: brought.tree };
  const receipt = await acceptedReceipt(context, accepted);
  await log.append(...brought.events, runEvent("criterion.accepted", { ...accepted, receipt }));
  for (let doubt = settleAgain(log.state); doubt; doubt = settleAgain(log.state)) {
    await settleStep(context, doubt);
  }
  // A run that has ended goes on when somebody resumes it, and not before.
  if (!log.state.ended) await reopenStep(context);
}

/** Takes criteria up again that were blocked and no longer are. */
export async function reopenStep(context: Pick<RunContext, "log">): Promise<void> {
  const reason = "What it depends on holds now";
  const events = unblocked(context.log.state).map((criterion) =>
    runEvent("criterion.reopened", { criterion, reason })
  );
  if (events.length > 0) await context.log.append(...events);
}

type Brought = { tree: string | null; events: Parameters<RunContext["log"]["append"]> };

async function bringWork(
  context: AcceptContext,
  own: CriterionState,
  wish: Acceptance,
): Promise<Brought> {
  const { log, workspace, runId } = context;
  const attempt = workToBring(own);
  const there = recordedWork(own)?.integrated?.tree;
  if (!attempt) {
    if (there === undefined && !wish.withoutWork) throw nothingToBring(wish, runId);
    if (there !== undefined && wish.withoutWork) {
      throw new OuroborosError({
        code: "not_allowed",
        message: `Accept criterion "${own.id}" without its work: it is on the run's branch already`,
        hint: `ouroboros accept ${runId} ${own.id} --reason "…"`,
      });
    }
    return { tree: there ?? null, events: [] };
  }
  if (wish.withoutWork) return { tree: null, events: [] };
  if (log.state.applied) {
    throw refused("not_allowed", wish, {
      why: "the run was applied already",
      hint: `ouroboros undo ${runId}, then accept and apply again; or ${without(runId, own.id)}`,
    });
  }
  const before = log.state.head;
  const at = { criterion: own.id, attempt: attempt.number };
  // Whoever died here before may have left the ref ahead of the journal.
  await workspace.moveHead(before);
  const merged = await workspace.integrate(attempt.commit, attempt.base);
  if (!merged.ok) {
    throw refused("conflict", wish, {
      why: `it conflicts with what the run holds already, in ${quoted(merged.conflicts)}`,
      hint: without(runId, own.id),
    });
  }
  let seen: RunEventData["branch.rechecked"];
  try {
    seen = await lookAtBranch(context, at, merged.tree);
  } catch (error) {
    await workspace.moveHead(before);
    throw error;
  }
  if (seen.regressions.length > 0) {
    await workspace.moveHead(before);
    throw refused("check_said_no", wish, {
      why: seen.regressions.map((one) => `it breaks criterion ${one.criterion} (${one.line})`)
        .join(", "),
      hint: without(runId, own.id),
    });
  }
  const { head, tree } = merged;
  return {
    tree,
    events: [
      runEvent("attempt.integrated", { ...at, before, head, tree }),
      runEvent("branch.rechecked", seen),
    ],
  };
}

/** Whoever accepts work is told where there is none: it would be called passed, and apply brings nothing. */
function nothingToBring({ criterion }: Acceptance, runId: string): OuroborosError {
  return refused("not_allowed", { criterion }, {
    why: "there is none, no try changed a file",
    hint: `If it holds all the same: ${without(runId, criterion)}`,
  });
}

function refused(
  code: "conflict" | "check_said_no" | "not_allowed",
  wish: Pick<Acceptance, "criterion">,
  words: { why: string; hint: string },
): OuroborosError {
  return new OuroborosError({
    code,
    message: `Accept criterion "${wish.criterion}" with its work: ${words.why}`,
    hint: words.hint,
  });
}

function without(runId: string, criterion: string): string {
  return `ouroboros accept ${runId} ${criterion} --without-work --reason "…"`;
}

function quoted(paths: readonly string[]): string {
  return paths.map((path) => `"${path}"`).join(", ");
}
