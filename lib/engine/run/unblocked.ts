import { blockerOf } from "./blocker.ts";
import type { RunState } from "./state.ts";

/**
 * Criteria that were settled as blocked and that can be worked on now, because a person accepted what
 * they depend on; in the plan's order. A run that was cancelled or discarded has none.
 */
export function unblocked(state: RunState): string[] {
  if (state.ended?.result === "cancelled" || state.discarded) return [];
  const open = new Set<string>();
  for (let before = -1; before < open.size;) {
    before = open.size;
    for (const criterion of state.criteria) {
      if (criterion.settled?.state !== "blocked" || open.has(criterion.id)) continue;
      if (blockerOf(state, criterion, open) === null) open.add(criterion.id);
    }
  }
  return state.criteria.filter((one) => open.has(one.id)).map((one) => one.id);
}
