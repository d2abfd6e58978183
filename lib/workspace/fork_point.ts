import { join, normalize, resolve } from "@std/path";
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
  /** Where the commit's own links lead, if that is out of the repository. */
  outside?: string;
}

/**
 * Reads a file of the user's, given by its path on disk, as it is in `commit`. The commit's own links
 * are followed, and none that lies in the working tree: with one a branch could say that a file lies
 * outside, where nobody compares it. Errors: git_failed.
 */
export async function fileAtCommit(
  git: GitRunner,
  project: string,
  { commit, file }: { commit: string; file: string },
): Promise<FileAtCommit> {
  const user = await findUserRepository(git, await Deno.realPath(project));
  const path = user && await pathBelow(user.root, file);
  if (user === undefined || path === undefined) return { path: null, bytes: undefined };
  const found = await readUserFile(git, user, { commit, path });
  if (typeof found !== "string") return { path, bytes: found };
  return { path, bytes: undefined, outside: resolve(user.root, found) };
}

/** Links in a path, as kernels count them. */
const MOST_LINKS = 40;

/** A file's path from `root`, a real path, with links resolved on the way to it and none below it. */
async function pathBelow(root: string, file: string): Promise<string | undefined> {
  let place = "/";
  let rest = resolve(file).split("/").filter((part) => part !== "");
  for (let links = 0; links <= MOST_LINKS;) {
    const below = normalize(rest.join("/"));
    if (place === root && !/^\.\.(?:\/|$)/.test(below)) return below;
    const [part, ...others] = rest;
    if (part === undefined) return undefined;
    const next = join(place, part);
    const link = await Deno.readLink(next).catch(() => undefined);
    rest = link === undefined ? others : [...link.split("/").filter(Boolean), ...others];
    if (link === undefined) place = next;
    else {
      links++;
      if (link.startsWith("/")) place = "/";
    }
  }
  return undefined;
}
