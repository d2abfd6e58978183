import type { CriterionState } from "./state.ts";

/**
 * Whether every command that decides a criterion passed on the base, before any work: work that
 * makes one of them say no has broken something, whoever is paid to look after it.
 */
export function heldOnBase(
  criterion: Pick<CriterionState, "checks" | "admission" | "accepted">,
): boolean {
  // A person took it with work of its own: what held before is no measure of it any more.
  if (criterion.accepted && criterion.accepted.tree !== null) return false;
  const commands = criterion.checks.filter((check) => check.kind === "command").length;
  return commands > 0 && criterion.admission.length === commands &&
    criterion.admission.every(({ run }) => run.verdict === "pass" && !run.flaky);
}
