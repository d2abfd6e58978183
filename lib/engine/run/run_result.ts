import type { RunResult, SettledState } from "./events.ts";
import type { CriterionState } from "./state.ts";

/** How a run stands whose criteria are all settled: in one word, and in one line for people. */
export function runResult(
  criteria: readonly Pick<CriterionState, "settled">[],
): { result: Exclude<RunResult, "cancelled">; reason: string } {
  const all = criteria.length;
  const count = (wanted: SettledState) =>
    criteria.filter((one) => one.settled?.state === wanted).length;
  const accepted = count("accepted");
  const good = count("passed") + accepted;
  const failed = count("failed");
  if (good === all) {
    const apart = accepted === 0 ? "" : `, ${accepted} accepted by a person`;
    return { result: "passed", reason: `${good} of ${all} criteria hold${apart}` };
  }
  if (failed > 0) {
    return { result: "failed", reason: `A check said no: ${failed} of ${all} criteria failed` };
  }
  return {
    result: "unverified",
    reason: `Nothing said no, but ${all - good} of ${all} are undecided`,
  };
}
