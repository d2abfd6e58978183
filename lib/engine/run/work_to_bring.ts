import type { AttemptState, CriterionState } from "./state.ts";

/**
 * The try whose work an acceptance would bring onto the run's branch: the last one that was
 * recorded, which is also what `diff --criterion` shows. Undefined where it changed nothing or is
 * there already.
 */
export function workToBring(
  criterion: Pick<CriterionState, "attempts">,
): (AttemptState & { commit: string }) | undefined {
  const last = criterion.attempts.findLast((one) => one.commit !== null);
  if (!last || last.commit === null || last.changed === 0) return undefined;
  if (last.integrated && !last.reverted) return undefined;
  return { ...last, commit: last.commit };
}
