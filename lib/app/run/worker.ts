import { nextStep, type Step } from "../../engine/run/next_step.ts";
import { runEvent } from "../../engine/run/events.ts";
import type { RunState } from "../../engine/run/state.ts";
import { type ErrorCode, OuroborosError } from "../../kernel/error.ts";
import { acceptStep } from "./accept_step.ts";
import { admitStep, checkStep, recheckStep } from "./check_steps.ts";
import { attemptStep } from "./attempt_step.ts";
import type { RunContext } from "./run_context.ts";
import { settleStep } from "./settle_step.ts";
import { tokensUsedUp } from "./token_guard.ts";
import { integrateStep, recordStep, recoverStep, revertStep } from "./work_steps.ts";

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
  /** Whether another process is to go on from here. */
  handsOver?(state: RunState): boolean;
}

/**
 * Works on a run until it ends, waits for nobody: every step is chosen from the journal's events
 * and ends in events, so that a worker that dies anywhere is followed by one that goes on there.
 * Errors: those of the journal, the workspace and the processes; the run can then be resumed.
 */
export async function work(context: RunContext, options: WorkerOptions): Promise<void> {
  const { log } = context;
  while (log.state.ended === null && log.state.interrupted === null) {
    if (context.stop.aborted) return await stopped(context, options.stopReason());
    if (options.handsOver?.(log.state)) return;
    const step = nextStep(log.state);
    const accepts = context.accepts.length > 0 && !FIRST.has(step.do);
    if (
      !accepts && (step.do === "attempt" || step.do === "interrupt") && tokensUsedUp(log.state)
    ) {
      return await limitReached(
        context,
        `All ${log.state.limits.maxTokens} tokens of this run are used up`,
        `--max-tokens ${log.state.limits.maxTokens! * 2}`,
      );
    }
    try {
      if (accepts) await takeAccepts(context);
      else await perform(context, step, options);
    } catch (error) {
      if (context.stop.aborted && isCode(error, "cancelled")) continue;
      await fail(context, error);
    }
  }
}

/**
 * What is finished before an acceptance is taken in: its work is then recorded, and what is on the
 * branch was looked at there, and taken back if need be.
 */
const FIRST: ReadonlySet<Step["do"]> = new Set(["recover", "record", "recheck", "revert"]);

/** Reasons to refuse an acceptance that the person who wished it can do something about. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(["conflict", "check_said_no", "not_allowed"]);

/**
 * Closes what people accepted meanwhile; a wish that cannot be met is answered in the journal. One
 * that a cancel cut short stays in the request stream, for the next worker.
 */
export async function takeAccepts(context: RunContext): Promise<void> {
  for (let wish = context.accepts[0]; wish !== undefined; wish = context.accepts[0]) {
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
    context.accepts.shift();
  }
}

/** What stops a worker is written down, so that everyone who looks at the run sees it. */
async function fail(context: RunContext, error: unknown): Promise<void> {
  if (!(error instanceof OuroborosError) || isCode(error, "journal_fenced")) throw error;
  try {
    const { code, message, hint } = error;
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
    hint: `ouroboros resume ${context.runId} ${more}`,
  }));
}
