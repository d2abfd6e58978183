import { OuroborosError } from "../../kernel/error.ts";
import { unseen } from "./batch.ts";
import { runResult } from "./run_result.ts";
import { settleAgain } from "./settle_again.ts";
import type { CriterionState, RunState } from "./state.ts";
import type { Step } from "./step.ts";
import { stepOf } from "./step_of.ts";

/** What a worker is doing at this moment, which no event says yet. */
export interface Flight {
  /** Criteria that something is being done for. */
  busy: ReadonlySet<string>;
  /** A step other than an attempt is being done: those are done one at a time. */
  lane: boolean;
  /** UTC, milliseconds since 1970. */
  nowMs: number;
}

/** Nothing is being done, and nothing has to be waited for. */
const IDLE: Flight = { busy: new Set(), lane: false, nowMs: Infinity };

/**
 * Steps but for attempts, in the order in which they are done: what was done by agents is first
 * recorded and checked, so that one look at the branch covers as much as it can.
 */
const LANE: readonly Step["do"][] = [
  "revert",
  "settle",
  "recover",
  "record",
  "check",
  "integrate",
  "recheck",
];

/**
 * What can be begun now beside what is being done: attempts, as many as the run's limit allows to be
 * open at once, and at most one step of another kind. From the run's state alone: the same state
 * gives the same steps, so a worker that died at any point is followed by one that goes on there.
 */
export function nextSteps(state: RunState, flight: Flight = IDLE): Step[] {
  if (!state.admitted) return flight.lane ? [] : [{ do: "admit" }];
  if (!state.confirmed) return flight.lane ? [] : [{ do: "confirm" }];
  const wanted = wantedSteps(state, flight);
  const stop = wanted.find((step) => step.do === "interrupt");
  const lane = flight.lane ? undefined : settleAgain(state) ?? laneStep(state, wanted);
  // Whoever has to stop starts nothing more, and brings to its end what is under way.
  const attempts = stop ? [] : undisturbed(state, flight, wanted);
  const paused = state.pause !== null && flight.nowMs < state.pause.untilMs;
  const begun = [...(paused ? [] : attempts), ...(lane ? [lane] : [])];
  if (begun.length > 0 || flight.lane || flight.busy.size > 0) return begun;
  if (stop) return [stop];
  if (attempts.length > 0) {
    const { untilMs, reason } = state.pause!;
    return [{ do: "wait", untilMs, reason }];
  }
  if (state.criteria.some((one) => !one.settled)) return [];
  return [{ do: "end", ...runResult(state.criteria) }];
}

/**
 * The attempts that may begin. Work that conflicted with that of others is done again while nothing
 * else is on its way to the branch, so that it does not conflict again; the others wait for it.
 */
function undisturbed(
  state: RunState,
  flight: Flight,
  wanted: readonly Step[],
): Extract<Step, { do: "attempt" }>[] {
  const attempts = wanted.filter((step) => step.do === "attempt");
  const open = state.criteria.filter((one) => !one.settled && one.attempts.length > 0);
  const again = open.filter((one) => one.attempts.at(-1)!.conflict !== null);
  const conflicted = open.some((one) => one.attempts.some((attempt) => attempt.conflict !== null));
  if (!conflicted) return attempts;
  const onTheWay = flight.busy.size > 0 || open.length > again.length;
  const first = attempts.find((step) => again.some((one) => one.id === step.criterion));
  if (first && !onTheWay) return [first];
  // What was begun is brought to its end, with as many tries as it has; nothing new is begun.
  const begun = open.filter((one) => !again.includes(one)).map((one) => one.id);
  return attempts.filter((step) => begun.includes(step.criterion));
}

/** The next step of a worker that does one thing at a time, and has waited for what is to be waited for. */
export function nextStep(state: RunState): Step {
  const [step] = nextSteps(state);
  if (step) return step;
  throw new OuroborosError({
    code: "internal",
    message: `Find the next step of run "${state.created.runId}": nothing can be begun`,
  });
}

/** What the branch needs before anything else may come onto it: a look, or to go back. */
export function openLook(
  state: RunState,
): Extract<Step, { do: "separate" | "revert" | "recheck" }> | undefined {
  const steps = wantedSteps(state, IDLE);
  return separation(state) ?? steps.find((one) => one.do === "revert") ??
    steps.find((one) => one.do === "recheck");
}

function separation(state: RunState): Extract<Step, { do: "separate" }> | undefined {
  return state.together.length > 0 ? { do: "separate", members: state.together } : undefined;
}

function laneStep(state: RunState, wanted: readonly Step[]): Step | undefined {
  const apart = separation(state);
  if (apart) return apart;
  const kind = LANE.find((one) => wanted.some((step) => step.do === one));
  return wanted.find((step) => step.do === kind);
}

function wantedSteps(state: RunState, flight: Flight): Step[] {
  const batch = unseen(state);
  const isOpen = (one: CriterionState) =>
    !one.settled && (one.attempts.length > 0 || flight.busy.has(one.id));
  let open = state.criteria.filter(isOpen).length;
  const steps: Step[] = [];
  for (const id of state.created.stages.flat()) {
    const criterion = state.criteria.find((one) => one.id === id);
    if (!criterion || criterion.settled || flight.busy.has(id)) continue;
    if (waits(state, criterion)) continue;
    const step = stepOf(state, criterion, batch);
    if (!step) continue;
    if (step.do === "attempt" && criterion.attempts.length === 0) {
      if (open >= state.limits.jobs) continue;
      open++;
    }
    steps.push(step);
  }
  return steps;
}

/** Whether something that it needs is still being worked on. */
function waits(state: RunState, criterion: CriterionState): boolean {
  return criterion.dependsOn.some((id) =>
    !state.created.dropped.includes(`${id} -> ${criterion.id}`) &&
    state.criteria.some((one) => one.id === id && !one.settled)
  );
}
