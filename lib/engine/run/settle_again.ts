import { foregone } from "./foregone.ts";
import type { RunState } from "./state.ts";
import type { Step } from "./step.ts";

/** What had passed, or held on the base, and could not be checked on the branch as it is now is in doubt, until it can. */
export function settleAgain(
  state: RunState,
): Extract<Step, { do: "settle" }> | undefined {
  for (const criterion of state.criteria) {
    const settled = criterion.settled?.state;
    const doubt = doubtOf(state, criterion.id);
    if ((settled === "passed" || settled === "skipped") && doubt !== undefined) {
      return { do: "settle", criterion: criterion.id, state: "unverified", reason: doubt };
    }
    const decision = criterion.attempts.at(-1)?.decision;
    if (settled === "unverified" && doubt === undefined && decision?.verdict === "passed") {
      return { do: "settle", criterion: criterion.id, state: "passed", reason: decision.reason };
    }
    const skip = criterion.attempts.length > 0 ? null : foregone(criterion);
    if (settled === "unverified" && doubt === undefined && skip !== null) {
      return { do: "settle", criterion: criterion.id, state: "skipped", reason: skip };
    }
  }
  return undefined;
}

/** Why a criterion that had passed could not be decided at the last look at the branch. */
export function doubtOf(state: RunState, criterion: string): string | undefined {
  return state.undecided.find((one) => one.criterion === criterion)?.reason;
}
