import { protectedPaths } from "../../checks/protected_paths.ts";
import type { Seed } from "../../engine/seed/seed.ts";
import type { RunWorkspace } from "../../workspace/run_workspace.ts";
import type { GateChange } from "./check_seed_report.ts";
import type { GateSeed } from "./check_seed_source.ts";

/** What was changed since the base and may not be: the seed, and files that its checks protect. */
export async function changesOf(
  parts: {
    seed: Seed;
    own: GateSeed;
    workspace: Pick<RunWorkspace, "changed">;
    base: string;
    head: string;
  },
): Promise<GateChange[]> {
  const { seed, own, workspace, base, head } = parts;
  const globs = seed.criteria.flatMap((one) => one.checks)
    .flatMap((check) => check.kind === "command" ? check.protect : []);
  const paths = protectedPaths([...new Set(globs)]);
  const changed = globs.length === 0 ? [] : await workspace.changed(base, head);
  return [
    ...own.changed ? [{ ...own.changed, what: "seed" as const }] : [],
    // What is new below a protected path is taken away before a check, and harms nobody.
    ...changed.filter(({ path, kind }) => kind !== "added" && paths.covers(path))
      .map(({ path, kind }) => ({
        path,
        kind: kind === "deleted" ? "deleted" as const : "modified" as const,
        what: "protected" as const,
      })),
  ];
}
