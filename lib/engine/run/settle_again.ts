import type { RunState } from "./state.ts";
import type { Step } from "./step.ts";

/** What had passed and could not be checked on the branch as it is now is in doubt, until it can. */
export function settleAgain(
  state: RunState,
): Extract<Step, { do: "settle" }> | undefined {
  for (const criterion of state.criteria) {
    const settled = criterion.settled?.state;
    const doubt = doubtOf(state, criterion.id);
    if (settled === "passed" && doubt !== undefined) {
      return { do: "settle", criterion: criterion.id, state: "unverified", reason: doubt };
    }
    const decision = criterion.attempts.at(-1)?.decision;
    if (settled === "unverified" && doubt === undefined && decision?.verdict === "passed") {
      return { do: "settle", criterion: criterion.id, state: "passed", reason: decision.reason };
    }
  }
  return undefined;
}

/** Why a criterion that had passed could not be decided at the last look at the branch. */
export function doubtOf(state: RunState, criterion: string): string | undefined {
  return state.undecided.find((one) => one.criterion === criterion)?.reason;
}
