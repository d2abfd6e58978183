import { basename, dirname, join, relative } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import type { GitRunner } from "./git_runner.ts";
import {
  findUserRepository,
  readUser,
  readUserFile,
  resolveRef,
  type UserRepository,
} from "./user_repository.ts";

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
  const user = await repositoryOf(git, project, { ref, role: "base" });
  const commit = await resolveRef(git, user, ref);
  const own = head === undefined ? user.head : await resolveRef(git, user, head, "head");
  if (own === null) return { commit, exact: false };
  const met = await readUser(git, user, ["merge-base", commit, own]);
  return met === "" ? { commit, exact: false } : { commit: met.split("\n")[0]!, exact: true };
}

/** The commit that is looked at in place of the files. Errors: as of {@link forkPoint}. */
export async function headCommit(git: GitRunner, project: string, head: string): Promise<string> {
  const user = await repositoryOf(git, project, { ref: head, role: "head" });
  return await resolveRef(git, user, head, "head");
}

async function repositoryOf(
  git: GitRunner,
  project: string,
  { ref, role }: { ref: string; role: "base" | "head" },
): Promise<UserRepository> {
  const user = await findUserRepository(git, await Deno.realPath(project));
  if (user !== undefined) return user;
  throw new OuroborosError({
    code: "not_found",
    message: `Find the ${role} "${ref}": "${project}" is no git repository`,
    hint: `Leave --${role} out: the checks then run on the files as they are`,
  });
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
