import type { GitRunner } from "../../workspace/git_runner.ts";
import {
  findUserRepository,
  readSettings,
  readUser,
  type UserRepository,
} from "../../workspace/user_repository.ts";

/** What git tells of a project's folder. */
export interface LookRepository {
  branch: string | null;
  /** Null: no commit yet. */
  head: string | null;
  /** Paths below the folder that the index holds; null: too many to tell in time. */
  tracked: readonly string[] | null;
  /** Paths below it that git neither knows nor ignores; null: too many to tell in time. */
  others: readonly string[] | null;
  /** Files below it that differ from the last commit; null: too many to tell in time. */
  dirty: number | null;
  /** Of the last commit, seconds since 1970; null: there is none. */
  committedAt: number | null;
}

/** 100,000 paths of 160 bytes. */
const MOST_BYTES = 16_000_000;
/** The index is read in a tenth of that; nothing is known of a project without it. */
const LIST_MS = 2000;
/** Looks at each file: on a cold disk it is better not told than waited for. */
const COUNT_MS = 800;

/**
 * Reads the repository around `folder` (an absolute real path). Undefined where there is none, no
 * git, or one that cannot be read. Never throws: what git does not say in time is left out.
 */
export async function lookRepository(
  git: GitRunner,
  folder: string,
): Promise<LookRepository | undefined> {
  try {
    const at = await findUserRepository(within(git, LIST_MS), folder);
    return at && await readRepository(git, at);
  } catch {
    // No git, a bare repository, a broken one: the folder is told as one without a repository.
    return undefined;
  }
}

async function readRepository(git: GitRunner, at: UserRepository): Promise<LookRepository> {
  const list = (runner: GitRunner, args: readonly string[]) => listOf(runner, at, args);
  const [tracked, others, changed, stamp] = await Promise.all([
    // An index that is too large is no reason to know nothing: the folder is walked then.
    list(within(git, LIST_MS), ["ls-files", "-z"]).catch(() => null),
    list(within(git, COUNT_MS), ["ls-files", "-z", "--others", "--exclude-standard"])
      .catch(() => null),
    changedFiles(git, at).catch(() => null),
    at.head === null ? "" : readUser(within(git, LIST_MS), at, [
      "rev-list",
      "--max-count=1",
      "--timestamp",
      at.head,
    ]).catch(() => ""),
  ]);
  const changes = at.head === null ? tracked : changed;
  return {
    branch: at.branch,
    head: at.head,
    // An unmerged path stands in the index up to three times.
    tracked: tracked && [...new Set(tracked)],
    others,
    dirty: changes === null || others === null ? null : new Set([...changes, ...others]).size,
    committedAt: /^\d+/.test(stamp) ? parseInt(stamp) : null,
  };
}

/** Tracked files that differ from the last commit, in the index or on disk. */
async function changedFiles(git: GitRunner, at: UserRepository): Promise<string[]> {
  if (at.head === null) return [];
  const runner = within(git, COUNT_MS);
  const inIndex = ["diff-index", "--cached", "-z", "--name-only", "--no-renames", at.head];
  const lists = await Promise.all([
    filtersOff(runner, at).then((off) => listOf(runner, at, [...off, "ls-files", "-z", "-m"])),
    listOf(runner, at, inIndex),
  ]);
  return lists.flat();
}

/**
 * Git compares bytes where times leave it in doubt, and would run the repository's filters for it:
 * programs, which nobody asked to be started. Without them such a file counts as changed at worst.
 */
async function filtersOff(git: GitRunner, at: UserRepository): Promise<string[]> {
  const settings = await readSettings(git, at.root, at);
  const names = [...settings.keys()].map((name) => /^filter\.(.*)\.[^.]*$/s.exec(name)?.[1])
    .filter((name) => name !== undefined);
  // In "-c" the name ends at the first "=".
  if (names.some((name) => name.includes("="))) throw new Error("a filter that cannot be put off");
  return [...new Set(names)].flatMap((name) =>
    [`${name}.clean=`, `${name}.process=`, `${name}.required=false`]
      .flatMap((setting) => ["-c", `filter.${setting}`])
  );
}

/** Paths that a command lists, below the project's folder and relative to it. */
async function listOf(
  git: GitRunner,
  at: UserRepository,
  args: readonly string[],
): Promise<string[]> {
  const below = at.prefix === "" ? [] : ["--", `:(top,literal)${at.prefix}`];
  const text = await readUser(git, at, [...args, ...below]);
  return text.split("\0").filter((path) => path.startsWith(at.prefix) && path !== at.prefix)
    .map((path) => path.slice(at.prefix.length)).filter((path) => path !== "");
}

/** The same git with less time and less to say, that fetches nothing a partial clone lacks. */
function within(git: GitRunner, timeoutMs: number): GitRunner {
  return (args, call) =>
    git(args, {
      ...call,
      env: { ...call.env, GIT_NO_LAZY_FETCH: "1" },
      maxBytes: MOST_BYTES,
      timeoutMs,
    });
}
