import { OuroborosError } from "../../kernel/error.ts";
import { processCount } from "../../process/why.ts";
import type { Journal } from "../../store/journal.ts";
import type { App } from "../app.ts";
import { reapWorker } from "../reap_worker.ts";
import { holdRun, patienceFor, refusal, takeRunOver } from "./hold_run.ts";
import { type Lease, leaseState } from "./lease.ts";
import { runFolder } from "./run_folder.ts";
import type { EmitProgress } from "./progress.ts";
import { readRunState, type RunLog } from "./run_log.ts";
import { takeOver } from "./take_over.ts";

/**
 * How a process comes to a run. `free`: nobody may hold it. `force`: whoever holds it is ended.
 * `handed`: the process that started this one holds it, and lets go once it sees our claim.
 */
export type ComingBy = "free" | "force" | "handed";

/** A run with this process as its one worker. */
export interface WorkerPlace {
  lease: Lease;
  log: RunLog;
  epoch: number;
}

/** How long whoever handed a run over may take to let go, in milliseconds. */
const HANDING_MS = 30_000;

/**
 * Makes this process the one worker of a run: it holds the lease, and its epoch fences off whoever
 * wrote before. What an earlier worker left running is ended. Errors: not_allowed (held), those of
 * the journal.
 */
export async function becomeWorker(
  app: App,
  run: { journal: Journal; runId: string; comingBy: ComingBy; emit: EmitProgress },
): Promise<WorkerPlace> {
  const { journal, runId, comingBy, emit } = run;
  const action = `Work on run "${runId}"`;
  const claim = async () => {
    const { pid } = await app.processes.self();
    return await takeOver(journal, runId, { owner: `worker ${pid}`, emit });
  };
  if (comingBy === "handed") {
    await requireParents(app, runId, action);
    const claimed = await claim();
    const lease = await holdRun(app, runId, { action, patienceMs: HANDING_MS });
    return { lease, ...claimed };
  }
  const force = comingBy === "force";
  const lease = force
    ? await takeRunOver(app, runId, action)
    : await holdRun(app, runId, { action, ...patienceFor(await readRunState(journal, runId)) });
  try {
    const claimed = await claim();
    // After the claim: whoever worked here before can write nothing more, and must not cost anything.
    const reaped = await reapWorker(app, claimed.log.state, { force });
    if (reaped > 0) {
      emit({ type: "notice", text: `Ended ${processCount(reaped)} that the last worker left` });
    }
    return { lease, ...claimed };
  } catch (error) {
    lease.release();
    throw error;
  }
}

/** A claim fences off whoever works on the run: it is for the one that the holder itself started. */
async function requireParents(app: App, runId: string, action: string): Promise<void> {
  const lease = await leaseState(runFolder(app, runId));
  if (lease.is !== "held") return;
  if (lease.holder !== undefined && await app.processes.startedBy(lease.holder.pid)) return;
  throw await refusal(app, { runId, action, lease });
}

/** Nobody has agreed to the plan of a run that was handed over. */
export function notAgreed(runId: string): OuroborosError {
  return new OuroborosError({
    code: "needs_input",
    message: `Work on run "${runId}" without a terminal: its plan was not agreed to yet`,
    hint: `ouroboros resume ${runId} --detach`,
  });
}
