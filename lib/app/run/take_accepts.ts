import { openLook } from "../../engine/run/next_step.ts";
import { runEvent } from "../../engine/run/events.ts";
import type { RunState } from "../../engine/run/state.ts";
import { stepOf } from "../../engine/run/step_of.ts";
import { type ErrorCode, OuroborosError } from "../../kernel/error.ts";
import { type Acceptance, acceptStep } from "./accept_step.ts";
import { isCode } from "./end_work.ts";
import type { RunContext } from "./run_context.ts";

/** The first wish that can be taken in now. */
export function wishToTake(
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
export async function takeAccept(context: RunContext, wish: Acceptance): Promise<void> {
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
