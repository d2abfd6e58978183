import { type RecordedAttempt, recordedWork } from "./recorded_work.ts";
import type { CriterionState } from "./state.ts";

/**
 * The try whose work an acceptance would bring onto the run's branch, which is also what
 * `diff --criterion` shows. Undefined where nothing was changed, or it is there already.
 */
export function workToBring(
  criterion: Pick<CriterionState, "attempts">,
): RecordedAttempt | undefined {
  const work = recordedWork(criterion);
  if (!work || work.changed === 0) return undefined;
  return work.integrated && !work.reverted ? undefined : work;
}
