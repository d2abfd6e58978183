import type { RunResult, SettledState } from "./events.ts";
import type { CriterionState } from "./state.ts";

/** How a run stands whose criteria are all settled: in one word, and in one line for people. */
export function runResult(
  criteria: readonly Pick<CriterionState, "settled">[],
): { result: Exclude<RunResult, "cancelled">; reason: string } {
  const all = criteria.length;
  const count = (wanted: SettledState) =>
    criteria.filter((one) => one.settled?.state === wanted).length;
  const good = count("passed") + count("accepted");
  const failed = count("failed");
  if (good === all) return { result: "passed", reason: `${good} of ${all} criteria hold` };
  if (failed > 0) {
    return { result: "failed", reason: `A check said no: ${failed} of ${all} criteria failed` };
  }
  return {
    result: "unverified",
    reason: `Nothing said no, but ${all - good} of ${all} are undecided`,
  };
}
