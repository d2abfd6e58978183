import { nextSteps, openLook } from "../../engine/run/next_step.ts";
import type { Step } from "../../engine/run/step.ts";
import { stepOf } from "../../engine/run/step_of.ts";
import { runEvent } from "../../engine/run/events.ts";
import type { RunState } from "../../engine/run/state.ts";
import { type ErrorCode, OuroborosError } from "../../kernel/error.ts";
import { type Acceptance, acceptStep } from "./accept_step.ts";
import { admitStep, checkStep, recheckStep } from "./check_steps.ts";
import { attemptStep } from "./attempt_step.ts";
import type { RunContext } from "./run_context.ts";
import { settleStep } from "./settle_step.ts";
import { createFlight, type Flight, LANE, type Task } from "./flight.ts";
import { createPauseWatch, type PauseWatch } from "./pause_watch.ts";
import type { Refusal } from "./spend.ts";
import { wayOn } from "./way_on.ts";
import { integrateStep, recordStep, recoverStep, revertStep, separateStep } from "./work_steps.ts";

/** Why a worker was asked to stop. The first reason stands. */
export type StopReason =
  /** A person or program cancelled the run: it is over. */
  | { kind: "cancel"; by: string; reason: string }
  /** This process has to end: the run can be resumed. */
  | { kind: "interrupt"; reason: string }
  /** The run's minutes are used up: it can be resumed. */
  | { kind: "minutes" }
  /** Something that a worker cannot do without failed beside its steps. */
  | { kind: "failed"; error: unknown };

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
  const over = () => log.state.ended !== null || log.state.interrupted !== null;
  while (!over() && !stop.aborted && !options.handsOver?.(log.state)) {
    const { tasks, wait } = nextTasks(context, flight, { ...options, pauses });
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
  if (flight.failure) return await fail(context, flight.failure.error);
  if (over() || (!stop.aborted && options.handsOver?.(log.state))) return;
  await stopped(context, options.stopReason());
}

/** What can be begun now; `wait`: nothing, before a provider's limit ends. */
function nextTasks(
  context: RunContext,
  flight: Flight,
  options: WorkerOptions & { pauses: PauseWatch },
): { tasks: Task[]; wait: boolean } {
  const { log, wishes, spend } = context;
  const wish = flight.lane ? undefined : wishToTake(log.state, wishes.waiting, flight.busy);
  if (wish) {
    const run = () => takeAccept(context, wish);
    return { tasks: [{ key: LANE, criterion: wish.criterion, run }], wait: false };
  }
  const nowMs = (log.state.pause?.untilMs ?? 0) - options.pauses.leftMs(log.state.pause);
  const { busy, lane } = flight;
  const steps = nextSteps(log.state, { busy, lane, nowMs });
  const attempts = steps.filter((step) => step.do === "attempt");
  const others = steps.filter((step) => step.do !== "attempt");
  const tasks: Task[] = [];
  let refusal: Refusal | undefined;
  for (const step of attempts) {
    refusal ??= spend.refusal(tasks.length);
    if (!refusal) tasks.push(attemptTask(context, step));
  }
  if (others.some((step) => step.do === "interrupt")) refusal ??= spend.refusal(0);
  const idle = !lane && busy.size === 0 && tasks.length === 0;
  const last = others.every((step) => step.do === "interrupt");
  // What stopped the last attempt is then the ceiling, whatever its agent made of it.
  if (refusal?.over && idle && last) return { tasks: [limitTask(context, refusal)], wait: false };
  for (const step of others) {
    if (step.do === "wait") sayWaiting(context, step, nowMs);
    else tasks.push(laneTask(context, step, options));
  }
  return { tasks, wait: others.some((step) => step.do === "wait") };
}

function sayWaiting(
  context: RunContext,
  step: Extract<Step, { do: "wait" }>,
  nowMs: number,
): void {
  const seconds = Math.ceil((step.untilMs - nowMs) / 1000);
  context.emit({ type: "waiting", seconds, reason: step.reason });
}

function nothingToDo(context: RunContext): OuroborosError {
  return new OuroborosError({
    code: "internal",
    message: `Go on with run "${context.runId}": nothing can be begun, and it has not ended`,
  });
}

function limitTask(context: RunContext, { reason, more }: Refusal): Task {
  return { key: LANE, criterion: null, run: () => limitReached(context, reason, more) };
}

function attemptTask(context: RunContext, step: Extract<Step, { do: "attempt" }>): Task {
  const { criterion } = step;
  return { key: `attempt ${criterion}`, criterion, run: () => attemptStep(context, step) };
}

function laneTask(context: RunContext, step: Step, options: WorkerOptions): Task {
  const criterion = "criterion" in step ? step.criterion : null;
  return { key: LANE, criterion, run: () => perform(context, step, options) };
}

/** The first wish that can be taken in now. */
function wishToTake(
  state: RunState,
  waiting: readonly Acceptance[],
  busy: ReadonlySet<string>,
): Acceptance | undefined {
  if (!state.confirmed || openLook(state)) return undefined;
  return waiting.find(({ criterion: id }) => {
    if (busy.has(id)) return false;
    const criterion = state.criteria.find((one) => one.id === id);
    const step = criterion && !criterion.settled ? stepOf(state, criterion)?.do : undefined;
    // Its work is first written down as it is.
    return step !== "recover" && step !== "record";
  });
}

/** Reasons to refuse an acceptance that the person who wished it can do something about. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(["conflict", "check_said_no", "not_allowed"]);

/** Closes what people accepted meanwhile. */
export async function takeAccepts(context: RunContext): Promise<void> {
  for (const wish of [...context.wishes.waiting]) {
    if (context.stop.aborted) return;
    await takeAccept(context, wish);
  }
}

/**
 * Closes what a person accepted; a wish that cannot be met is answered in the journal. One that a
 * cancel cut short stays in the request stream, for the next worker.
 */
async function takeAccept(context: RunContext, wish: Acceptance): Promise<void> {
  try {
    await acceptStep(context, wish);
  } catch (error) {
    if (context.stop.aborted && isCode(error, "cancelled")) return;
    if (!(error instanceof OuroborosError) || !REFUSALS.has(error.code)) throw error;
    const { criterion, by, request = 0 } = wish;
    const { code, message: reason, hint = null } = error;
    await context.log.append(
      runEvent("acceptance.refused", { request, criterion, by, code, reason, hint }),
    );
  }
  context.wishes.done(wish);
}

/** What stops a worker is written down, so that everyone who looks at the run sees it. */
async function fail(context: RunContext, error: unknown): Promise<void> {
  if (!(error instanceof OuroborosError) || isCode(error, "journal_fenced")) throw error;
  try {
    const { code, message, hint } = await wayOn(error, {
      ...{ runId: context.runId, dir: context.dir },
      project: context.log.state.created.project,
    }) as OuroborosError;
    const event = runEvent("run.interrupted", { code, reason: message, hint: hint ?? null });
    await context.log.append(event);
  } catch {
    // The journal is what failed: the first error says more.
    throw error;
  }
}

function isCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof OuroborosError && error.code === code;
}

async function perform(context: RunContext, step: Step, options: WorkerOptions): Promise<void> {
  switch (step.do) {
    case "admit":
      return await admitStep(context);
    case "confirm":
      return await confirmStep(context, options);
    case "attempt":
      return await attemptStep(context, step);
    case "wait":
      // The worker waits beside what it does, see `work`.
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

/** Writes down why this worker stopped; what it had not finished is found by the next one. */
async function stopped(context: RunContext, reason: StopReason | undefined): Promise<void> {
  const { log, runId } = context;
  if (reason?.kind === "failed") return await fail(context, reason.error);
  if (reason?.kind === "cancel") {
    await log.append(runEvent("run.ended", {
      result: "cancelled",
      reason: `Cancelled by ${reason.by}${reason.reason ? `: ${reason.reason}` : ""}`,
    }));
  } else if (reason?.kind === "minutes") {
    const { minutes } = log.state.limits;
    const reason = minutes === 1
      ? "The minute of this run is used up"
      : `The ${minutes} minutes of this run are used up`;
    await limitReached(context, reason, `--minutes ${minutes}`);
  } else {
    await log.append(runEvent("run.interrupted", {
      code: "cancelled",
      reason: reason?.reason ?? "Interrupted",
      hint: `ouroboros resume ${runId}`,
    }));
  }
}

async function limitReached(context: RunContext, reason: string, more: string): Promise<void> {
  await context.log.append(runEvent("run.interrupted", {
    code: "limit_reached",
    reason,
    hint: `ouroboros resume ${context.runId} ${more}`.trim(),
  }));
}
