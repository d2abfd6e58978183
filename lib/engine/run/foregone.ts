import type { CriterionState } from "./state.ts";

/**
 * Why an agent could not turn this criterion into `passed`, whatever it did; null when it could.
 * Nothing is paid for a result that cannot count.
 */
export function foregone(
  criterion: Pick<CriterionState, "checks" | "admission">,
): string | null {
  if (criterion.checks.length === 0) return "No check decides it";
  if (criterion.checks.some((check) => check.kind === "human")) return null;
  const admission = criterion.admission;
  if (admission.some((one) => one.admission === "can_decide")) return null;
  const cannot = admission.find((one) => one.admission === "cannot_run");
  if (cannot) {
    const what = cannot.run.cannotRun;
    return `Check ${cannot.index + 1} cannot run here${what ? `: ${what.what}` : ""}`;
  }
  return "Every check passes already, before any work";
}
