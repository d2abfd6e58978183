import { forkPoint } from "../workspace/fork_point.ts";
import type { App } from "./app.ts";
import { draftRun, type RunInput } from "./draft_run.ts";

/** Any valid seed: what is asked is everything else. */
const ANY_SEED = "goal: any\nacceptance_criteria:\n  - description: any\n";

/**
 * Refuses what would keep a run from being started whatever its seed says, before anybody works on that
 * seed. Errors: those of `draftRun` that are not the seed's, not_found (the base).
 */
export async function requireRunnable(app: App, input: RunInput): Promise<void> {
  const { project } = await draftRun(app, { ...input, seedText: ANY_SEED });
  if (input.base !== undefined) await forkPoint(app.git, project, { ref: input.base });
}
