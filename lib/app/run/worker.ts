import { runEvent } from "../../engine/run/events.ts";
import type { RunState } from "../../engine/run/state.ts";
import type { Step } from "../../engine/run/step.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { admitStep, checkStep, recheckStep } from "./check_steps.ts";
import { failWork, isCode, type StopReason, stopWork } from "./end_work.ts";
import { createFlight } from "./flight.ts";
import { nextTasks } from "./next_tasks.ts";
import { createPauseWatch } from "./pause_watch.ts";
import type { RunContext } from "./run_context.ts";
import { settleStep } from "./settle_step.ts";
import { integrateStep, recordStep, recoverStep, revertStep, separateStep } from "./work_steps.ts";

/** What the plan's reader answered. */
export interface Confirmation {
  go: boolean;
  /** Agents may also start where nothing can be decided. */
  anyway: boolean;
  how: "asked" | "flag" | "not_asked";
}

/** What a worker is told from outside. */
export interface WorkerOptions {
  /** Shows the plan and asks, where there is somebody to ask. */
  confirm(state: RunState): Promise<Confirmation>;
  /** Set once `context.stop` has aborted. */
  stopReason(): StopReason | undefined;
  /** Aborts `context.stop`. */
  stop(reason: StopReason): void;
  /** Nothing happens on purpose, from now until what this gives is called: it is not counted as the run's time. */
  waiting(): () => void;
  /** Removes what only work in progress needs. */
  tidyUp(): Promise<void>;
  /** Whether another process is to go on from here. */
  handsOver?(state: RunState): boolean;
}

/**
 * Works on a run until it ends: every step is chosen from the journal's events and ends in events,
 * so that a worker that dies anywhere is followed by one that goes on there. Attempts are made side
 * by side, as many as the run's limits allow; of everything else (checks, which may need a port or a
 * machine for themselves, and the branch) one thing is done at a time.
 * Errors: those of the journal, the workspace and the processes; the run can then be resumed.
 */
export async function work(context: RunContext, options: WorkerOptions): Promise<void> {
  const { log, stop, wishes } = context;
  const flight = createFlight({
    isExpected: (error) => stop.aborted && isCode(error, "cancelled"),
    onFailure: (error) => options.stop({ kind: "failed", error }),
  });
  const pauses = createPauseWatch(context.clock);
  const performStep = (step: Step) => perform(context, step, options);
  const over = () => log.state.ended !== null || log.state.interrupted !== null;
  while (!over() && !stop.aborted && !options.handsOver?.(log.state)) {
    const { tasks, wait } = nextTasks(context, { flight, pauses, perform: performStep });
    for (const task of tasks) flight.begin(task);
    if (!wait && !flight.lane && flight.busy.size === 0) throw nothingToDo(context);
    const landed = new AbortController();
    const waiting = wait ? options.waiting() : undefined;
    const until = { waited: wait, signal: AbortSignal.any([stop, landed.signal]) };
    await flight.landing([wishes.arrival(), pauses.end(log.state.pause, until)]);
    landed.abort();
    waiting?.();
  }
  await flight.allLanded();
  if (flight.failure) return await failWork(context, flight.failure.error);
  if (over() || (!stop.aborted && options.handsOver?.(log.state))) return;
  await stopWork(context, options.stopReason());
}

async function perform(context: RunContext, step: Step, options: WorkerOptions): Promise<void> {
  switch (step.do) {
    case "admit":
      return await admitStep(context);
    case "confirm":
      return await confirmStep(context, options);
    case "attempt":
    case "wait":
      // Those are done beside the others: see `nextTasks` and `work`.
      return;
    case "separate":
      return await separateStep(context, step);
    case "recover":
      return await recoverStep(context, step);
    case "record":
      return await recordStep(context, step);
    case "check":
      return await checkStep(context, step);
    case "integrate":
      return await integrateStep(context, step);
    case "recheck":
      return await recheckStep(context, step);
    case "revert":
      return await revertStep(context, step);
    case "settle":
      return await settleStep(context, step);
    case "interrupt": {
      const { code, reason, hint } = step;
      await context.log.append(runEvent("run.interrupted", { code, reason, hint }));
      return;
    }
    case "end":
      // Before it is written down: nobody comes back to a run that has passed.
      if (step.result === "passed") await options.tidyUp();
      await context.log.append(
        runEvent("run.ended", { result: step.result, reason: step.reason }),
      );
  }
}

async function confirmStep(context: RunContext, options: WorkerOptions): Promise<void> {
  const { go, anyway, how } = await options.confirm(context.log.state);
  // Whoever leaves at the question has declined, by whichever key or signal.
  const left = how === "asked" && !go && options.stopReason()?.kind === "interrupt";
  if (context.stop.aborted && !left) return;
  await context.log.append(
    go
      ? runEvent("run.confirmed", { anyway, how })
      : runEvent("run.ended", { result: "cancelled", reason: "The plan was declined" }),
  );
}

function nothingToDo(context: RunContext): OuroborosError {
  return new OuroborosError({
    code: "internal",
    message: `Go on with run "${context.runId}": nothing can be begun, and it has not ended`,
  });
}
