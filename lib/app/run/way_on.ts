import { OuroborosError } from "../../kernel/error.ts";

/**
 * What stopped a worker, with what can be typed to go on: the command that began the run would begin
 * another one. Other things than a full disk and a locked journal are given back as they are.
 */
export function wayOn(error: unknown, runId: string): unknown {
  if (!(error instanceof OuroborosError)) return error;
  const hint = hintOf(error, runId);
  if (hint === undefined) return error;
  const { code, message, retryable, cause } = error;
  return new OuroborosError({ code, message, hint, retryable, cause });
}

function hintOf({ code, hint = "" }: OuroborosError, runId: string): string | undefined {
  const resume = `ouroboros resume ${runId}`;
  if (code === "disk_full") {
    return `Free some space, then: ${resume}; or remove the run's files: ouroboros discard ${runId}`;
  }
  if (code !== "journal_locked") return undefined;
  return hint.replace(/then run the command again/, `then: ${resume}`);
}
