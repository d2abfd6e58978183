import { runEvent } from "../../engine/run/events.ts";
import { type ErrorCode, OuroborosError } from "../../kernel/error.ts";
import type { RunContext } from "./run_context.ts";
import { wayOn } from "./way_on.ts";

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

/**
 * What stops a worker is written down, so that everyone who looks at the run sees it. Throws what is
 * no error of ours, and what cannot be written down.
 */
export async function failWork(context: RunContext, error: unknown): Promise<void> {
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

/** Writes down why this worker stopped; what it had not finished is found by the next one. */
export async function stopWork(
  context: RunContext,
  reason: StopReason | undefined,
): Promise<void> {
  const { log, runId } = context;
  if (reason?.kind === "failed") return await failWork(context, reason.error);
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

/** Ends this worker's work at a limit; `more`: options of a resume that goes on. */
export async function limitReached(
  context: RunContext,
  reason: string,
  more: string,
): Promise<void> {
  await context.log.append(runEvent("run.interrupted", {
    code: "limit_reached",
    reason,
    hint: `ouroboros resume ${context.runId} ${more}`.trim(),
  }));
}

/** Whether an error of ours has this code. */
export function isCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof OuroborosError && error.code === code;
}
