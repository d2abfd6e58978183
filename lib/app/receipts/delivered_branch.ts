import { heldOnBase } from "../../engine/run/held_on_base.ts";
import { doubtOf } from "../../engine/run/settle_again.ts";
import type { RunState } from "../../engine/run/state.ts";

/** What a run delivers: the work of all criteria together, which no single receipt is about. */
export interface DeliveredBranch {
  tree: string;
  /** Criteria of which every command passed on that tree. */
  criteria: readonly string[];
}

/**
 * What stands on a run's branch and held when it was last looked at. Null: nothing was brought
 * there; undefined: nobody has looked at it as it is now.
 */
export function deliveredBranch(state: RunState): DeliveredBranch | null | undefined {
  const { headTree: tree, sound, created } = state;
  if (tree === created.base.tree) return null;
  if (sound.tree !== tree) return undefined;
  // A run of an earlier version did not look at what held on the base: a replay finds out now.
  const holds = state.criteria.filter((one) =>
    doubtOf(state, one.id) === undefined && (one.settled?.state === "passed" || heldOnBase(one))
  );
  return { tree, criteria: holds.map((one) => one.id) };
}
