import { type ErrorCode, messageOf, OuroborosError } from "../kernel/error.ts";

/** The error for a file call that failed: disk_full, not_writable, or unreadable. */
export function fileError(action: string, path: string, thrown: unknown): OuroborosError {
  if (thrown instanceof OuroborosError) return thrown;
  const said = messageOf(thrown);
  const [code, why] = classify(said, thrown);
  return new OuroborosError({
    code,
    message: `${action} "${path}": ${why}`,
    ...(code === "disk_full" ? { hint: "Free some space, then run the same command again" } : {}),
    cause: thrown,
  });
}

function classify(said: string, thrown: unknown): [ErrorCode, string] {
  if (/os error (28|122)\b|No space left|quota exceeded/i.test(said)) {
    return ["disk_full", "no space is left on the disk"];
  }
  if (thrown instanceof Deno.errors.PermissionDenied || /os error (13|30)\b/.test(said)) {
    return ["not_writable", "permission denied"];
  }
  return ["unreadable", said];
}
