import type { RunState } from "../../engine/run/state.ts";
import type { Recording } from "../../kernel/recording.ts";

/**
 * Which attempt of a recording plays an attempt of a run: that of the same number. Where there is
 * none, those that were cut off together with their worker do not count, so that one is played again:
 * a recording holds what agents did, not when somebody pressed Ctrl-C.
 */
export function recordedAttempt(
  recording: Pick<Recording, "attempts">,
  state: Pick<RunState, "criteria" | "worker">,
  at: { criterion: string; attempt: number },
): number {
  const held = recording.attempts.some((one) =>
    one.criterion === at.criterion && one.attempt === at.attempt
  );
  if (held) return at.attempt;
  const attempts = state.criteria.find((one) => one.id === at.criterion)?.attempts ?? [];
  const cutOff = attempts.filter((one) =>
    one.number < at.attempt && one.outcome?.reason === "cancelled" &&
    one.workerEpoch !== state.worker?.epoch
  );
  return at.attempt - cutOff.length;
}
