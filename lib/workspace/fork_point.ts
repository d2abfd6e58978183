import { basename, dirname, join, relative } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import type { GitRunner } from "./git_runner.ts";
import { findUserRepository, readUser, readUserFile, resolveRef } from "./user_repository.ts";

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

/** A file as a commit of the user's has it. */
export interface FileAtCommit {
  /** From the top of the repository; null: the file lies outside of it. */
  path: string | null;
  /** Undefined: the commit does not have it. */
  bytes: Uint8Array | undefined;
}

/** Reads a file of the user's, given by its path on disk, as it is in `commit`. Errors: git_failed. */
export async function fileAtCommit(
  git: GitRunner,
  project: string,
  { commit, file }: { commit: string; file: string },
): Promise<FileAtCommit> {
  const user = await findUserRepository(git, await Deno.realPath(project));
  const folder = await Deno.realPath(dirname(file)).catch(() => dirname(file));
  const path = user && relative(user.root, join(folder, basename(file))).replaceAll("\\", "/");
  if (user === undefined || path === undefined || path.startsWith("../")) {
    return { path: null, bytes: undefined };
  }
  return { path, bytes: await readUserFile(git, user, { commit, path }) };
}
