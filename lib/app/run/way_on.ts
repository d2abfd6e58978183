import { join } from "@std/path";
import { type ErrorCode, OuroborosError } from "../../kernel/error.ts";
import { shellWord } from "../../kernel/shell_word.ts";

/** Codes that children and files end in whose folder went away under them. */
const CODES: ReadonlySet<ErrorCode> = new Set(
  ["git_failed", "workspace_lost", "not_found", "not_started", "unreadable"] as const,
);

/**
 * What stopped a worker, with what can be typed to go on: the command that began the run would begin
 * another one. A project that is no longer where it was is told as that, whatever failed for it;
 * with a journal that is gone or broken, where the work is. Other things than that, a full disk and a
 * locked journal are given back as they are.
 */
export async function wayOn(
  error: unknown,
  { runId, project, dir }: { runId: string; project: string; dir: string },
): Promise<unknown> {
  if (!(error instanceof OuroborosError)) return error;
  if (CODES.has(error.code)) {
    const way = `then: ouroboros resume ${runId}`;
    if (!await isFolder(project)) return projectGone({ runId, project }, way, error);
    if (!await isFolder(dir)) return folderGone({ runId, dir }, error);
  }
  const hint = hintOf(error, { runId, dir });
  if (hint === undefined) return error;
  const { code, message, retryable, cause } = error;
  return new OuroborosError({ code, message, hint, retryable, cause });
}

/** The error for a run whose project was moved, renamed or removed. `way`: what follows its coming back. */
export function projectGone(
  { runId, project }: { runId: string; project: string },
  way: string,
  cause?: unknown,
): OuroborosError {
  return new OuroborosError({
    code: "not_found",
    message: `Work with run "${runId}": the project is no longer at "${project}"`,
    hint: `Put the folder back to that place, ${way}`,
    cause,
  });
}

function folderGone({ runId, dir }: { runId: string; dir: string }, cause: unknown) {
  return new OuroborosError({
    code: "workspace_lost",
    message: `Work on run "${runId}": its files are no longer at "${dir}"`,
    hint: `If they were moved, put them back, then: ouroboros resume ${runId}`,
    cause,
  });
}

/** Whether a folder is there. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    // What may not be looked at is there.
    return !(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory);
  }
}

function hintOf(
  { code, hint = "" }: OuroborosError,
  { runId, dir }: { runId: string; dir: string },
): string | undefined {
  const resume = `ouroboros resume ${runId}`;
  if (code === "journal_unusable") {
    const log = `git --git-dir=${shellWord(join(dir, "git"))} log -p run`;
    return `${hint}. The run's work is still there: what passed by ${log}, the rest below ` +
      `"${join(dir, "worktrees")}"`;
  }
  if (code === "disk_full") {
    return `Free some space, then: ${resume}; or remove the run's files: ouroboros discard ${runId}`;
  }
  if (code !== "journal_locked") return undefined;
  return hint.replace(/then run the command again/, `then: ${resume}`);
}
