import { nextSteps } from "../../engine/run/next_step.ts";
import type { Step } from "../../engine/run/step.ts";
import { attemptStep } from "./attempt_step.ts";
import { limitReached } from "./end_work.ts";
import { type Flight, LANE, type Task } from "./flight.ts";
import type { PauseWatch } from "./pause_watch.ts";
import type { RunContext } from "./run_context.ts";
import type { Refusal } from "./spend.ts";
import { takeAccept, wishToTake } from "./take_accepts.ts";

/** What a look at the run gives. */
export interface NextTasks {
  tasks: Task[];
  /** Nothing can be begun before a provider's limit ends. */
  wait: boolean;
}

/** What nextTasks is told beside the run. */
export interface NextTasksOptions {
  flight: Pick<Flight, "busy" | "lane">;
  pauses: PauseWatch;
  /** Does a step other than an attempt. */
  perform(step: Step): Promise<void>;
}

/** What can be begun now, beside what is being done. */
export function nextTasks(context: RunContext, options: NextTasksOptions): NextTasks {
  const { log, wishes, spend } = context;
  const { busy, lane } = options.flight;
  const wish = lane ? undefined : wishToTake(log.state, wishes.waiting, busy);
  if (wish) {
    const run = () => takeAccept(context, wish);
    return { tasks: [{ key: LANE, criterion: wish.criterion, run }], wait: false };
  }
  const nowMs = (log.state.pause?.untilMs ?? 0) - options.pauses.leftMs(log.state.pause);
  const steps = nextSteps(log.state, { busy, lane, nowMs });
  const [wait] = steps.filter((step) => step.do === "wait");
  if (wait) sayWaiting(context, wait, nowMs);
  const others = steps.filter((step) => step.do !== "attempt" && step.do !== "wait");
  const { tasks, refused } = attemptTasks(context, steps);
  const cutOff = others.some((step) => step.do === "interrupt");
  const refusal = refused ?? (cutOff ? spend.refusal(0) : undefined);
  const idle = !lane && busy.size === 0 && tasks.length === 0 && !wait;
  // What stopped the last attempt is then the ceiling, whatever its agent made of it.
  if (refusal?.over && idle && others.every((step) => step.do === "interrupt")) {
    const { reason, more } = refusal;
    const run = () => limitReached(context, reason, more);
    return { tasks: [{ key: LANE, criterion: null, run }], wait: false };
  }
  for (const step of others) {
    const criterion = "criterion" in step ? step.criterion : null;
    tasks.push({ key: LANE, criterion, run: () => options.perform(step) });
  }
  return { tasks, wait: wait !== undefined };
}

/** Attempts as far as the run's ceilings let them begin, and why the next one must not. */
function attemptTasks(
  context: RunContext,
  steps: readonly Step[],
): { tasks: Task[]; refused: Refusal | undefined } {
  const tasks: Task[] = [];
  for (const step of steps) {
    if (step.do !== "attempt") continue;
    const refused = context.spend.refusal(tasks.length);
    if (refused) return { tasks, refused };
    const { criterion } = step;
    tasks.push({
      key: `attempt ${criterion}`,
      criterion,
      run: () => attemptStep(context, step),
    });
  }
  return { tasks, refused: undefined };
}

function sayWaiting(
  context: RunContext,
  step: Extract<Step, { do: "wait" }>,
  nowMs: number,
): void {
  const seconds = Math.ceil((step.untilMs - nowMs) / 1000);
  context.emit({ type: "waiting", seconds, reason: step.reason });
}
