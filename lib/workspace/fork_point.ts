import { OuroborosError } from "../kernel/error.ts";
import type { GitRunner } from "./git_runner.ts";
import { findUserRepository, readUser, resolveRef } from "./user_repository.ts";

/** Where a branch left another one. */
export interface ForkPoint {
  commit: string;
  /** False: the history is too short to tell (a shallow clone), and the named commit itself is taken. */
  exact: boolean;
}

/**
 * The commit at which `head` (or the user's HEAD) left `ref`, so that what others did on `ref` since
 * does not count as a change. Errors: not_found (no repository, no such commit), git_failed.
 */
export async function forkPoint(
  git: GitRunner,
  project: string,
  { ref, head }: { ref: string; head?: string | undefined },
): Promise<ForkPoint> {
  const user = await findUserRepository(git, await Deno.realPath(project));
  if (user === undefined) {
    throw new OuroborosError({
      code: "not_found",
      message: `Find the base "${ref}": "${project}" is no git repository`,
      hint: "Leave --base out: the checks then run on the files as they are",
    });
  }
  const commit = await resolveRef(git, user, ref);
  const own = head === undefined ? user.head : await resolveRef(git, user, head);
  if (own === null) return { commit, exact: false };
  const met = await readUser(git, user, ["merge-base", commit, own]);
  return met === "" ? { commit, exact: false } : { commit: met.split("\n")[0]!, exact: true };
}
