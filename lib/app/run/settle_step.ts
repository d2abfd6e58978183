import { makeReceipt, type Receipt } from "../../checks/receipt.ts";
import { runEvent } from "../../engine/run/events.ts";
import { recordedWork } from "../../engine/run/recorded_work.ts";
import type { Step } from "../../engine/run/step.ts";
import type { RunState } from "../../engine/run/state.ts";
import type { Seed } from "../../engine/seed/seed.ts";
import { addUsage, type Usage } from "../../kernel/outcome.ts";
import type { Journal } from "../../store/journal.ts";
import { baseRuns } from "./check_steps.ts";
import type { RunContext } from "./run_context.ts";

/** Ends a criterion: its receipt is kept, then the event that names it. */
export async function settleStep(
  context: Pick<RunContext, "log" | "journal" | "seed">,
  step: Extract<Step, { do: "settle" }>,
): Promise<void> {
  const { state, reason } = step;
  const decided = state === "passed" || state === "failed" || state === "unverified";
  const receipt = decided
    ? await keep(
      context.journal,
      receiptOf(context.log.state, context.seed, {
        criterion: step.criterion,
        decision: { state, reason },
        accepted: null,
      }),
    )
    : null;
  const { criterion } = step;
  const before = context.log.state.criteria.find((one) => one.id === criterion)?.settled?.state;
  await context.log.append(
    runEvent("criterion.settled", {
      criterion,
      state,
      ...(before === undefined ? {} : { before }),
      reason,
      receipt,
    }),
  );
}

/** Makes and keeps the receipt of a criterion that a person closes; gives its blob's digest. */
export async function acceptedReceipt(
  context: Pick<RunContext, "log" | "journal" | "seed" | "clock">,
  accepted: { criterion: string; by: string; reason: string; tree: string | null },
): Promise<string> {
  const { criterion, ...who } = accepted;
  return await keep(
    context.journal,
    receiptOf(context.log.state, context.seed, {
      criterion,
      decision: { state: "accepted", reason: who.reason },
      accepted: { ...who, at: context.clock.now().toISOString() },
    }),
  );
}

async function keep(journal: Journal, receipt: Receipt): Promise<string> {
  return await journal.putBlob(new TextEncoder().encode(JSON.stringify(receipt)));
}

function receiptOf(
  state: RunState,
  seed: Seed,
  parts: {
    criterion: string;
    decision: Receipt["replayable"]["decision"];
    accepted: Receipt["claimed"]["accepted"];
  },
): Receipt {
  const { created } = state;
  const criterion = seed.criteria.find((one) => one.id === parts.criterion)!;
  const own = state.criteria.find((one) => one.id === parts.criterion)!;
  // A person accepts the work that stands; checks decided on the last tree.
  const work = parts.accepted === null
    ? own.attempts.findLast((one) => one.commit !== null)
    : recordedWork(own);
  const last = work ?? own.attempts.at(-1);
  const usage = own.attempts.reduce((sum: Usage, one) => addUsage(sum, one.usage), {});
  return makeReceipt({
    seed: { id: seed.id, digest: seed.digest },
    criterion: { id: criterion.id, description: criterion.description },
    baseTree: created.base.tree,
    tree: last?.tree ?? null,
    prepare: seed.workspace.prepare?.run ?? null,
    checks: criterion.checks,
    base: baseRuns(own, criterion),
    runs: last?.runs ?? [],
    controls: last?.controls ?? [],
    decision: parts.decision,
    runtime: created.runtime.id,
    version: created.runtime.version,
    model: created.model,
    argv: last?.argv ?? [],
    permission: created.permission,
    sessionId: last?.sessionId ?? null,
    attempts: own.attempts.length,
    usage,
    startedAt: own.attempts[0]?.startedAt ?? null,
    endedAt: last?.endedAt ?? null,
    durationMs: own.attempts.reduce((sum, one) => sum + one.durationMs, 0),
    lastWords: last?.outcome?.finalText ?? "",
    accepted: parts.accepted,
    ...(last?.putBack ? { putBack: last.putBack } : {}),
    ...(last && last.links.length > 0 ? { links: last.links } : {}),
    ...(last && last.toolchains.length > 0 ? { toolchains: last.toolchains } : {}),
  });
}
