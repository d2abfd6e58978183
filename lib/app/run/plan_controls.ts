import type { RunState } from "../../engine/run/state.ts";
import type { Seed } from "../../engine/seed/seed.ts";
import type { PlanView } from "./plan_view.ts";
import type { RunContext } from "./run_context.ts";

/**
 * A plan in which those checks that are to go on holding were made to fail: one that does not notice
 * says so. Errors: those of `confirm`.
 */
export async function withControls(
  plan: PlanView,
  at: { state: RunState; seed: Seed; confirm: RunContext["confirm"] },
): Promise<PlanView> {
  const criteria = [];
  for (const planned of plan.criteria) {
    const criterion = at.seed.criteria.find((one) => one.id === planned.id)!;
    const admitted = at.state.criteria.find((one) => one.id === planned.id)!.admission;
    const holding = criterion.checks.map((check, index) =>
      check.kind === "command" && check.preserve
        ? admitted.find((one) => one.index === index)?.run ?? null
        : null
    );
    const { controls } = await at.confirm(criterion, holding);
    const checks = planned.checks.map((check, index) => {
      const control = controls[index];
      return control?.state === "missed" ? { ...check, unnoticed: control.reason } : check;
    });
    criteria.push({ ...planned, checks });
  }
  return { ...plan, criteria };
}
