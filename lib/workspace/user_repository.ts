import { basename, dirname, join, relative } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { lineOf, nulRecords, textOf } from "./bytes.ts";
import { type GitRunner } from "./git_runner.ts";
import { userGitError } from "./user_git_error.ts";

/** The user's repository around a project folder, as it was when it was read. */
export interface UserRepository {
  /** Top folder of the working tree. */
  root: string;
  /** The project's folder below the root: "" or "packages/api/". */
  prefix: string;
  /** Git folder of this working tree (a linked worktree has its own). */
  gitDir: string;
  /** Git folder that holds objects, refs and config. */
  commonDir: string;
  objectFormat: string;
  shallow: boolean;
  head: string | null;
  branch: string | null;
}

/** One setting of git's config; names in lower case as git prints them. */
export type GitSettings = ReadonlyMap<string, string>;

/**
 * Reads with the user's own config. `safe.directory=*` because a repository of another owner may be
 * worked on: these calls only read, and none of them starts a program that the repository names.
 */
const READ_ENV = { GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
const READ_SETTINGS = ["-c", "safe.directory=*", "-c", "core.fsmonitor=false"];

/**
 * The repository that `project` (an absolute real path) lies in, undefined where there is none.
 * Errors: workspace_unsupported for a bare repository or a git folder; git_failed.
 */
export async function findUserRepository(
  git: GitRunner,
  project: string,
): Promise<UserRepository | undefined> {
  const args = [
    ...READ_SETTINGS,
    "rev-parse",
    "--show-toplevel",
    "--show-object-format",
    "--absolute-git-dir",
    "--show-object-format",
    "--git-common-dir",
    "--show-object-format",
    "--is-shallow-repository",
  ];
  const found = await git(args, { cwd: project, env: READ_ENV });
  if (found.code !== 0) {
    if (/not a git repository \(or any/.test(found.stderr)) return undefined;
    if (/must be run in a work tree/.test(found.stderr)) {
      throw new OuroborosError({
        code: "workspace_unsupported",
        message: `Use "${project}" as a project: it is a bare repository or a git folder`,
        hint: "Give a folder with a working tree: ouroboros run SEED --cwd DIR",
      });
    }
    throw userGitError(args, project, found);
  }
  const text = new TextDecoder().decode(found.stdout);
  // The object format stands between the paths as a separator: a path may hold a line break.
  const objectFormat = /\nsha256\n/.test(text) ? "sha256" : "sha1";
  const [root = "", gitDir = "", common = "", shallow = ""] = text.split(`\n${objectFormat}\n`);
  const below = relative(root, project);
  const repository = {
    root,
    prefix: below === "" ? "" : `${below.replaceAll("\\", "/")}/`,
    gitDir,
    commonDir: common.startsWith("/") || /^[A-Za-z]:/.test(common) ? common : join(project, common),
    objectFormat,
    shallow: shallow.trim() === "true",
  };
  const [head, branch] = await Promise.all([
    readUser(git, repository, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]),
    readUser(git, repository, ["symbolic-ref", "--quiet", "HEAD"]),
  ]);
  return {
    ...repository,
    head: head === "" ? null : head,
    branch: branch === "" ? null : branch.replace(/^refs\/heads\//, ""),
  };
}

/** One line from a reading git command in the user's repository; "" where it has no answer. */
export async function readUser(
  git: GitRunner,
  at: { gitDir: string; root: string },
  args: readonly string[],
): Promise<string> {
  const result = await git([...READ_SETTINGS, ...args], {
    cwd: at.root,
    env: { ...READ_ENV, GIT_DIR: at.gitDir, GIT_WORK_TREE: at.root },
  });
  if (result.code === 0) return lineOf(result.stdout);
  if (result.code === 1) return "";
  throw userGitError(args, at.root, result);
}

/**
 * Bytes of a file of a commit, the path from the top, the commit's own links followed; undefined where
 * it has no such file. A word where a link leads out of the repository: the path there, from the top.
 */
export async function readUserFile(
  git: GitRunner,
  at: { gitDir: string; root: string },
  of: { commit: string; path: string },
): Promise<Uint8Array | string | undefined> {
  const args = ["cat-file", "--batch", "--follow-symlinks", "-z"];
  const result = await git([...READ_SETTINGS, ...args], {
    cwd: at.root,
    env: { ...READ_ENV, GIT_DIR: at.gitDir, GIT_WORK_TREE: at.root },
    stdin: `${of.commit}:${of.path}\0`,
  });
  if (result.code !== 0) throw userGitError(args, at.root, result);
  const end = result.stdout.indexOf(10);
  const head = new TextDecoder().decode(result.stdout.subarray(0, end));
  const [first = "", kind = "", size = ""] = head.split(" ");
  if (kind === "blob") return result.stdout.slice(end + 1, end + 1 + Number(size));
  if (first !== "symlink") return undefined;
  // Of a folder's link git says where the folder is, and forgets what was to be found in it.
  const parent = dirname(of.path);
  const above = parent === "." ? undefined : await readUserFile(git, at, { ...of, path: parent });
  if (typeof above === "string") return join(above, basename(of.path));
  return new TextDecoder().decode(result.stdout.subarray(end + 1, end + 1 + Number(kind)));
}

/** The commit that a name of the user's means. Errors: not_found. */
export async function resolveRef(
  git: GitRunner,
  at: UserRepository,
  ref: string,
  role: "base" | "head" = "base",
): Promise<string> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
  const commit = await readUser(git, at, args);
  if (commit !== "") return commit;
  throw new OuroborosError({
    code: "not_found",
    message: `Find the ${role} "${ref}": no such commit in "${at.root}"`,
    hint: "git branch --all",
  });
}

/** The user's settings as git resolves them for a folder: system, global, repository, worktree. */
export async function readSettings(
  git: GitRunner,
  cwd: string,
  at?: UserRepository,
): Promise<GitSettings> {
  const args = [...READ_SETTINGS, "config", "--list", "-z"];
  const env = at === undefined
    ? READ_ENV
    : { ...READ_ENV, GIT_DIR: at.gitDir, GIT_WORK_TREE: at.root };
  const result = await git(args, { cwd, env });
  if (result.code !== 0) throw userGitError(args, cwd, result);
  const settings = new Map<string, string>();
  for (const record of nulRecords(result.stdout)) {
    const line = textOf(record);
    const end = line.indexOf("\n");
    // A name without a value means true, as in "[core] bare".
    if (end < 0) settings.set(line, "true");
    else settings.set(line.slice(0, end), line.slice(end + 1));
  }
  return settings;
}

/** Whether the repository ignores the project's folder as a whole. */
export async function isIgnored(git: GitRunner, at: UserRepository): Promise<boolean> {
  if (at.prefix === "") return false;
  const args = [...READ_SETTINGS, "check-ignore", "--quiet", "--", at.prefix];
  const env = { ...READ_ENV, GIT_DIR: at.gitDir, GIT_WORK_TREE: at.root };
  return (await git(args, { cwd: at.root, env })).code === 0;
}
