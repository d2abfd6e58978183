import { saysYes } from "../../engine/interview/says_yes.ts";
import { loadSeed } from "../../engine/seed/load_seed.ts";
import { planStages } from "../../engine/seed/plan_stages.ts";
import { problemText } from "../../kernel/document_problem.ts";

/**
 * What is to be known of a valid seed before it is frozen: what `seed validate` warns of, and checks
 * that say yes whatever is done. Nothing of it is run. Throws what loading it does.
 */
export function seedDoubts(bytes: Uint8Array, name: string): string[] {
  const { seed, warnings } = loadSeed(bytes, { name });
  const dropped = planStages(seed.criteria).dropped.map((edge) =>
    `acceptance_criteria: Dependency ${edge} is dropped: it closes a cycle`
  );
  const constant = seed.criteria.flatMap(({ id, checks }) =>
    checks.flatMap((check) => {
      if (check.kind !== "command" || check.expect || check.report) return [];
      return saysYes(check.run)
        ? [`criterion "${id}": "${check.run}" says yes whatever is done`]
        : [];
    })
  );
  return [...warnings.map((one) => problemText([one])), ...dropped, ...constant];
}
