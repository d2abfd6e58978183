import { hiddenSources } from "../../checks/hidden_sources.ts";
import type { Seed } from "../../engine/seed/seed.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { RunWorkspace } from "../../workspace/run_workspace.ts";

/** Paths that a notice names; the rest is counted. */
const NAMED_PATHS = 5;

/**
 * Refuses a seed whose hidden checks are no secret, because an agent gets their files with the
 * project: taking them out of its worktree would not hide them, they are in the history that it has.
 * Gives a notice for what only a person can judge. Errors: seed_invalid.
 */
export async function refuseOpenChecks(
  seed: Seed,
  workspace: Pick<RunWorkspace, "listFiles">,
  tree: string,
): Promise<string[]> {
  const hidden = seed.criteria.flatMap((criterion) =>
    criterion.checks.flatMap((check) =>
      check.kind === "command" && check.hidden ? [{ criterion, check }] : []
    )
  );
  if (hidden.length === 0) return [];
  const artifacts = seed.criteria.flatMap((one) => one.artifacts);
  const project = { files: await workspace.listFiles(tree), dir: seed.workspace.dir, artifacts };
  return hidden.flatMap(({ criterion, check }) => {
    const { own, readable } = hiddenSources(check, project);
    if (own.length > 0) {
      throw new OuroborosError({
        code: "seed_invalid",
        message: `Hide a check of criterion "${criterion.id}": it runs ${listed(own)}, which ` +
          "agents get with the project",
        hint: `Put its text into the check's "files" and out of the project, or leave out "hidden"`,
      });
    }
    if (readable.length === 0) return [];
    return [
      `Agents can read what a hidden check of criterion ${criterion.id} uses: ${listed(readable)}`,
    ];
  });
}

function listed(paths: readonly string[]): string {
  const more = paths.length - NAMED_PATHS;
  const named = paths.slice(0, NAMED_PATHS).map((path) => `"${path}"`).join(", ");
  return more > 0 ? `${named} and ${more} more` : named;
}
