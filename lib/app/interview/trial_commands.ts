import type { Seed } from "../../engine/seed/seed.ts";
import type { TrialCommand } from "./interview_hooks.ts";

/** All that the trial of a seed may run, in the order in which it would. */
export function trialCommands({ workspace, criteria }: Seed): TrialCommand[] {
  const { prepare } = workspace;
  const checks = criteria.flatMap(({ id, checks }) =>
    checks.flatMap((check) =>
      check.kind === "human" ? [] : [{
        ...{ criterion: id, run: check.run, hidden: check.hidden },
        files: Object.keys(check.files),
      }]
    )
  );
  if (prepare === undefined) return checks;
  return [{ criterion: null, run: prepare.run, hidden: false, files: [] }, ...checks];
}
