import type { GitCall, GitResult, GitRunner } from "./git_runner.ts";
import { userGitError } from "./user_git_error.ts";

/** Hooks of the user's (a test suite before each commit) may take their time. */
const USER_GIT_TIMEOUT_MS = 30 * 60_000;

/**
 * Git as the user would have typed it: their config, identity, signing and hooks. Only for what
 * they asked for by `apply --commit` and `--branch`, and its undo. Errors: git_failed, with what git
 * or the hook said.
 */
export async function userGit(
  git: GitRunner,
  root: string,
  args: readonly string[],
  call: Omit<GitCall, "cwd"> & { ok?: readonly number[] } = {},
): Promise<GitResult> {
  const result = await git(args, {
    timeoutMs: USER_GIT_TIMEOUT_MS,
    ...call,
    cwd: root,
    env: { GIT_TERMINAL_PROMPT: "0", ...call.env },
  });
  if ((call.ok ?? [0]).includes(result.code)) return result;
  throw userGitError(args, root, result);
}

/** Paths for `--pathspec-from-file=- --pathspec-file-nul`, each meaning exactly itself. */
export function literalSpecs(paths: readonly string[]): string {
  return paths.map((path) => `:(top,literal)${path}\0`).join("");
}
