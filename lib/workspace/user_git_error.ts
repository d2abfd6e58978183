import { OuroborosError } from "../kernel/error.ts";
import { brokenSettingsHint } from "./broken_settings.ts";
import { type GitResult, gitVerb } from "./git_runner.ts";

/** Last lines of what git, or a hook, said: enough to see the reason. */
const MOST_LINES = 5;

/** The error for a git process that failed in the user's own repository, in git's own words. */
export function userGitError(
  args: readonly string[],
  folder: string,
  result: GitResult,
): OuroborosError {
  const said = result.stderr.trim().split("\n").slice(-MOST_LINES).join("; ");
  if (
    /unable to auto-detect email address|empty ident name|tell me who you are/i.test(result.stderr)
  ) {
    return new OuroborosError({
      code: "git_failed",
      message: `Commit in "${folder}": git knows no name and no e-mail address for you`,
      hint: 'git config --global user.name "A Name"; git config --global user.email NAME@HOST',
    });
  }
  const full = /No space left on device|Disk quota exceeded/.test(said);
  return new OuroborosError({
    code: full ? "disk_full" : "git_failed",
    message: `Run git "${gitVerb(args)}" in "${folder}": ${said || `exit code ${result.code}`}`,
    hint: full
      ? "Free some space, then run the same command again"
      : brokenSettingsHint(said) ?? `git -C '${folder.replaceAll("'", "'\\''")}' status`,
  });
}
