import { messageOf, OuroborosError } from "../kernel/error.ts";

/** Why stdout takes nothing any more, for people. Codes: disk_full, not_writable. */
export function writeProblem(thrown: unknown): OuroborosError {
  const detail = messageOf(thrown);
  const full = /os error (28|122)\b|no space left|quota exceeded/i.test(detail);
  return new OuroborosError({
    code: full ? "disk_full" : "not_writable",
    message: `Write to stdout: ${full ? "the disk is full" : detail}`,
    hint: "Let the output go to another file, or free some space",
    cause: thrown,
  });
}
