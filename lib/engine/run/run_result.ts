import type { RunResult, SettledState } from "./events.ts";
import type { CriterionState } from "./state.ts";

/** As much of a criterion as its part in the result needs. */
type Settled = Pick<CriterionState, "settled"> & Partial<Pick<CriterionState, "attempts">>;

/** How a run stands whose criteria are all settled: in one word, and in one line for people. */
export function runResult(
  criteria: readonly Settled[],
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
    return { result: "failed", reason: failedReason(criteria, { failed, all }) };
  }
  return {
    result: "unverified",
    reason: `Nothing said no, but ${all - good} of ${all} are undecided`,
  };
}

/** A check said no to what was there; whose fault that is differs where no agent came to its end. */
function failedReason(
  criteria: readonly Settled[],
  { failed, all }: { failed: number; all: number },
): string {
  const crashed = criteria.filter(neverCompleted).length;
  const count = `${failed} of ${all} criteria failed`;
  if (crashed === failed) return `The agent failed at every try, and a check said no: ${count}`;
  const apart = crashed === 0 ? "" : `, ${crashed} of them because the agent failed at every try`;
  return `A check said no: ${count}${apart}`;
}

function neverCompleted({ settled, attempts = [] }: Settled): boolean {
  return settled?.state === "failed" && attempts.length > 0 &&
    attempts.every((one) => one.outcome !== null && one.outcome.reason !== "completed");
}
