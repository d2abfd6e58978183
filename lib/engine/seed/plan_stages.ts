import type { Criterion } from "./seed.ts";

/** Criteria in the order in which they can be worked on. */
export interface StagePlan {
  /** Ids; those of one stage need nothing of each other. In the seed's order within a stage. */
  stages: readonly (readonly string[])[];
  /** Dependencies that were dropped to break a cycle: `2 -> 1` would have had 2 come before 1. */
  dropped: readonly string[];
}

/**
 * Stages from declared dependencies: each criterion stands in the first stage in which all that it
 * needs is done. Of a cycle, the criterion that the seed names first goes first, without waiting for
 * the one of the cycle that it asked for. Dependencies on unknown ids count as met.
 */
export function planStages(
  criteria: readonly Pick<Criterion, "id" | "dependsOn">[],
): StagePlan {
  const needs = new Map(criteria.map((one) => [one.id, new Set(one.dependsOn)]));
  for (const wanted of needs.values()) {
    for (const id of wanted) if (!needs.has(id)) wanted.delete(id);
  }
  const stages: string[][] = [];
  const dropped: string[] = [];
  while (needs.size > 0) {
    const ready = [...needs].filter(([, wanted]) => wanted.size === 0).map(([id]) => id);
    if (ready.length === 0) {
      const [before, after] = weakest(needs);
      needs.get(after)!.delete(before);
      dropped.push(`${before} -> ${after}`);
      continue;
    }
    stages.push(ready);
    for (const id of ready) needs.delete(id);
    for (const wanted of needs.values()) for (const id of ready) wanted.delete(id);
  }
  return { stages, dropped };
}

/** The dependency to drop, as [before, after]; every criterion in `needs` waits for another one there. */
function weakest(needs: ReadonlyMap<string, ReadonlySet<string>>): [string, string] {
  const order = [...needs.keys()];
  const first = (ids: ReadonlySet<string>) => ids.values().next().value!;
  // Following the first need of each must come round: what is walked twice is the cycle.
  const walked: string[] = [];
  let here = order[0]!;
  while (!walked.includes(here)) {
    walked.push(here);
    here = first(needs.get(here)!);
  }
  const cycle = walked.slice(walked.indexOf(here));
  const after = order.find((id) => cycle.includes(id))!;
  return [first(needs.get(after)!), after];
}
