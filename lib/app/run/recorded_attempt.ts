import type { RunState } from "../../engine/run/state.ts";

/**
 * Which attempt of a recording plays an attempt of a run. One that was cut off together with its
 * worker is played again: a recording holds what agents did, not when somebody pressed Ctrl-C.
 */
export function recordedAttempt(
  state: Pick<RunState, "criteria" | "worker">,
  at: { criterion: string; attempt: number },
): number {
  const attempts = state.criteria.find((one) => one.id === at.criterion)?.attempts ?? [];
  const cutOff = attempts.filter((one) =>
    one.number < at.attempt && one.outcome?.reason === "cancelled" &&
    one.workerEpoch !== state.worker?.epoch
  );
  return at.attempt - cutOff.length;
}
