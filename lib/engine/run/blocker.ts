import type { CriterionState, RunState } from "./state.ts";

/** Why a criterion cannot be worked on yet; null: it can. `open`: criteria that are taken up again. */
export function blockerOf(
  state: RunState,
  criterion: CriterionState,
  open: ReadonlySet<string> = new Set(),
): string | null {
  for (const id of criterion.dependsOn) {
    if (open.has(id)) continue;
    const dependency = state.criteria.find((one) => one.id === id);
    const settled = dependency?.settled;
    if (!dependency || !settled) continue;
    if (settled.state === "passed" || settled.state === "accepted") continue;
    const holds = dependency.admission.length > 0 &&
      dependency.admission.every((one) => one.run.verdict === "pass");
    if (settled.state === "skipped" && holds) continue;
    if (settled.state === "unverified" && state.anyway) continue;
    return `Depends on criterion ${id}, which is ${settled.state}`;
  }
  return null;
}
