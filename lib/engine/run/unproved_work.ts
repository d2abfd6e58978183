import type { CriterionState } from "./state.ts";

/** A criterion whose work is on the run's branch, and that is neither proved nor accepted. */
export interface UnprovedWork {
  criterion: string;
  /** How it is settled; "open" where it is not. */
  state: string;
  reason: string;
}

/**
 * Criteria whose work would come along though nothing proved it: what could not be decided stays on
 * the branch, for a person to look at.
 */
export function unprovedWork(
  criteria: readonly Pick<CriterionState, "id" | "settled" | "accepted" | "attempts">[],
): UnprovedWork[] {
  return criteria.flatMap(({ id, settled, accepted, attempts }) => {
    if (settled?.state === "passed" || accepted !== null) return [];
    if (!attempts.some((one) => one.changed > 0 && one.integrated && !one.reverted)) return [];
    return [{ criterion: id, state: settled?.state ?? "open", reason: settled?.reason ?? "" }];
  });
}
