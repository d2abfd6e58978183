import { OuroborosError } from "../kernel/error.ts";
import { ROOT_NAME } from "../process/marker.ts";
import type { App } from "./app.ts";
import { realPath } from "./find_run.ts";

/**
 * Refuses what is for a person to decide where an agent or a check asks for it that was started from
 * the same folder of ours: it would judge its own work, or change what belongs to others. Another
 * folder of ours is a playground of its own. Whoever wants to get round it can, by another
 * environment: it is a rule for agents, and no wall. Errors: not_allowed.
 */
export async function refuseInsideRun(
  app: Pick<App, "environment" | "paths">,
  command: string,
): Promise<void> {
  const root = app.environment.get(ROOT_NAME);
  if (root === undefined || await realPath(root) !== await realPath(app.paths.root)) return;
  throw new OuroborosError({
    code: "not_allowed",
    message: `Run "ouroboros ${command}": it was called from within work that ouroboros started, ` +
      "and only a person decides this",
    hint: "Say what is wanted in the last words of the work; a person types it in a terminal",
  });
}
