import { OuroborosError } from "../kernel/error.ts";
import { brokenSettingsHint } from "./broken_settings.ts";
import type { GitRunner } from "./git_runner.ts";

/** Lowest git that works: `merge-tree --write-tree` came with 2.38 (October 2022). */
export const LOWEST_GIT = "2.38";

/** What git is there. */
export interface GitVersion {
  /** As git says it, "2.39.5"; also with a vendor's words behind it. */
  version: string;
  /** Whether it is at least {@link LOWEST_GIT}. */
  enough: boolean;
}

/** Asks git for its version. Errors: those of the runner (git_missing), git_failed. */
export async function gitVersion(git: GitRunner, cwd: string): Promise<GitVersion> {
  const result = await git(["--version"], { cwd });
  const text = new TextDecoder().decode(result.stdout);
  const match = /git version (\S+)/.exec(text);
  if (result.code !== 0 || match?.[1] === undefined) {
    const said = (text || result.stderr).trim();
    throw new OuroborosError({
      code: "git_failed",
      message: `Read git's version: "${said}"`,
      hint: brokenSettingsHint(said) ?? "git --version",
    });
  }
  return { version: match[1], enough: isEnough(match[1]) };
}

/** The version, or the error git_missing when it is too old to work with. */
export async function requireGit(git: GitRunner, cwd: string): Promise<GitVersion> {
  const found = await gitVersion(git, cwd);
  if (found.enough) return found;
  throw new OuroborosError({
    code: "git_missing",
    message: `Use git ${found.version}: at least ${LOWEST_GIT} is needed`,
    hint: "Install a newer git, then run: ouroboros doctor",
  });
}

function isEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10) || 0);
  const [wantMajor = 0, wantMinor = 0] = LOWEST_GIT.split(".").map(Number);
  return major > wantMajor || (major === wantMajor && minor >= wantMinor);
}
