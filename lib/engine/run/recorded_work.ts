import type { AttemptState, CriterionState } from "./state.ts";

/** A try whose files were written down. */
export type RecordedAttempt = AttemptState & { commit: string };

/**
 * The try whose work stands for a criterion: the last recorded one that changed something. A later
 * one that began afresh and came to nothing takes none of it away. Where none changed anything, the
 * last recorded one; undefined where there is none.
 */
export function recordedWork(
  { attempts }: Pick<CriterionState, "attempts">,
): RecordedAttempt | undefined {
  const recorded = attempts.filter((one): one is RecordedAttempt => one.commit !== null);
  return recorded.findLast((one) => one.changed > 0) ?? recorded.at(-1);
}
