import { type ErrorCode, messageOf, OuroborosError } from "../kernel/error.ts";
import { shellWord } from "../kernel/shell_word.ts";

/** The error for a file call that failed: disk_full, not_writable, or unreadable. */
export function fileError(action: string, path: string, thrown: unknown): OuroborosError {
  if (thrown instanceof OuroborosError) return thrown;
  const said = messageOf(thrown);
  const [code, why] = classify(said, thrown);
  return new OuroborosError({
    code,
    message: `${action} "${path}": ${why}`,
    ...hintFor(code, path),
    cause: thrown,
  });
}

function hintFor(code: ErrorCode, path: string): { hint?: string } {
  if (code === "disk_full") return { hint: "Free some space, then run the same command again" };
  if (code !== "not_writable") return {};
  return { hint: `To see who may write there: ls -ld ${shellWord(path)}` };
}

function classify(said: string, thrown: unknown): [ErrorCode, string] {
  if (/os error (28|122)\b|No space left|quota exceeded/i.test(said)) {
    return ["disk_full", "no space is left on the disk"];
  }
  if (/os error 30\b/.test(said)) return ["not_writable", "it is on a read-only file system"];
  if (thrown instanceof Deno.errors.PermissionDenied || /os error 13\b/.test(said)) {
    return ["not_writable", "permission denied"];
  }
  return ["unreadable", said];
}
