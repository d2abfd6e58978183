import { protectedChanges } from "../../checks/protected_changes.ts";
import { protectedPaths } from "../../checks/protected_paths.ts";
import type { Criterion, Seed } from "../../engine/seed/seed.ts";
import type { GuardedPath } from "../../kernel/guarded_path.ts";
import { NAMED_PUT_BACK, type PutBack } from "../../kernel/put_back.ts";
import type { ObjectId, RunWorkspace } from "../../workspace/run_workspace.ts";

/** Recorded work, and where it came from. */
export interface RecordedWork {
  workspace: RunWorkspace;
  /** Name of the worktree. */
  name: string;
  tree: ObjectId;
  /** Head of the run's branch that the work is based on. */
  base: ObjectId;
  /** Commit on which the attempt began. */
  parent: ObjectId;
  message: string;
}

/**
 * The work with everything that its criterion's checks protect as it was before: what is checked is
 * then what is integrated and applied. Undefined where nothing of that was changed.
 * Errors: those of the workspace.
 */
export async function putBackProtected(
  criterion: Pick<Criterion, "checks">,
  work: RecordedWork,
): Promise<{ commit: ObjectId; tree: ObjectId; putBack: PutBack } | undefined> {
  const globs = globsOf(criterion, () => true);
  if (globs.length === 0) return undefined;
  const { workspace, name, tree, base, parent, message } = work;
  const { path: checkout } = await workspace.worktree(name, parent);
  const { remove, restore } = await protectedChanges(globs, { workspace, checkout, base, tree });
  const paths = [...new Set([...remove, ...restore])].sort();
  if (paths.length === 0) return undefined;
  const made = await workspace.putBack(name, { tree, from: base, paths, parent, message });
  // A hidden check is found out by nobody through the names of what it protects.
  const shown = protectedPaths(globsOf(criterion, (check) => !check.hidden));
  const named = paths.filter((path) => shown.covers(path) || shown.mayLieBelow(path))
    .slice(0, NAMED_PUT_BACK);
  return { ...made, putBack: { paths: named, more: paths.length - named.length } };
}

/**
 * Changed paths that the checks of other criteria protect and this one's do not. They stay in the
 * work, for they may be its business; those other checks look at what the base has there.
 */
export function guardedPaths(
  seed: Pick<Seed, "criteria">,
  criterion: string,
  changed: readonly string[],
): GuardedPath[] {
  return seed.criteria.filter((one) => one.id !== criterion).flatMap((other) => {
    const globs = globsOf(other, () => true);
    if (globs.length === 0) return [];
    const { covers } = protectedPaths(globs);
    return changed.filter(covers).map((path) => ({ path, criterion: other.id }));
  }).slice(0, NAMED_PUT_BACK);
}

type Command = Extract<Criterion["checks"][number], { kind: "command" }>;

function globsOf(
  criterion: Pick<Criterion, "checks">,
  wanted: (check: Command) => boolean,
): string[] {
  return criterion.checks.flatMap((check) =>
    check.kind === "command" && wanted(check) ? check.protect : []
  );
}
