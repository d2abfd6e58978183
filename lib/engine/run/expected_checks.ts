import { foregone } from "./foregone.ts";
import { heldOnBase } from "./held_on_base.ts";
import type { CriterionState, RunState } from "./state.ts";

/**
 * Runs of a negative control of one pass: its sources fail at the head, and at the end. What a check
 * compares with, a build result that was handed in or a link out of the project take one each beside.
 */
const CONTROL_RUNS = 2;
/** What `--strict` adds: a second look, and a try of each of the three assertions used most. */
const STRICT_AGAIN = 1;
const STRICT_CONTROLS = 3;

/** What a run does after its admission, as a rule at the most. */
export interface ExpectedChecks {
  runs: number;
  /** Of the runs, if each takes as long as it did on the base; without preparations. */
  ms: number;
  /**
   * Checkouts that have to be made ready before, where the seed has a preparation: one for each tree,
   * and one for each control, as what is built of altered files is used for nothing else.
   */
  checkouts: number;
}

/**
 * Check runs that a run needs, as a rule at the most, after its admission, where every criterion passes at its
 * first try, and their time in milliseconds if each takes as long as it did on the base. What is
 * known of a tree is not run again; several criteria that come onto the branch together need fewer.
 */
export function expectedChecks(state: RunState): ExpectedChecks {
  let runs = 0;
  let ms = 0;
  let checkouts = 0;
  const add = (times: number, checks: { count: number; ms: number }) => {
    runs += times * checks.count;
    ms += times * checks.ms;
  };
  const held = { count: 0, ms: 0 };
  for (const criterion of state.criteria.filter(heldOnBase)) {
    const own = costOf(criterion);
    held.count += own.count;
    held.ms += own.ms;
  }
  const strict = state.created.strict === true;
  const again = strict ? STRICT_AGAIN : 0;
  const controls = CONTROL_RUNS + (strict ? STRICT_CONTROLS : 0);
  for (const id of state.created.stages.flat()) {
    const criterion = state.criteria.find((one) => one.id === id);
    if (!criterion || (!state.anyway && foregone(criterion) !== null)) continue;
    const own = costOf(criterion);
    add(1 + again + controls, own);
    if (own.count > 0) checkouts += 1 + controls * own.count;
    if (heldOnBase(criterion)) {
      held.count -= own.count;
      held.ms -= own.ms;
    }
    // On the branch: what held before, and itself where others came there meanwhile.
    add(1, held);
    if (state.limits.jobs > 1) add(1, own);
    if (held.count > 0 || (state.limits.jobs > 1 && own.count > 0)) checkouts++;
    held.count += own.count;
    held.ms += own.ms;
  }
  return { runs, ms, checkouts };
}

function costOf({ admission }: Pick<CriterionState, "admission">): { count: number; ms: number } {
  return {
    count: admission.length,
    ms: admission.reduce((sum, one) => sum + one.run.durationMs, 0),
  };
}
