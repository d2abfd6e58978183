import { type ErrorCode, messageOf, OuroborosError } from "../../kernel/error.ts";

/**
 * A failed file call as an error in words: disk_full, not_writable, unreadable, host_file_unusable,
 * conflict.
 */
export function fileTrouble(action: string, path: string, thrown: unknown): OuroborosError {
  if (thrown instanceof OuroborosError) return thrown;
  const said = messageOf(thrown);
  const [code, why, hint] = classify(said, thrown, path);
  return new OuroborosError({ code, message: `${action} "${path}": ${why}`, hint, cause: thrown });
}

function classify(said: string, thrown: unknown, path: string): [ErrorCode, string, string] {
  if (/os error (28|122)\b|No space left|quota exceeded/i.test(said)) {
    const hint = "Free some space, then run the same command again";
    return ["disk_full", "no space is left on the disk", hint];
  }
  if (/os error 30\b|read-only file system/i.test(said)) {
    return ["not_writable", "the file system is read-only", `Look at it: df "${path}"`];
  }
  const look = `Look at it: ls -ld "${path}"`;
  if (thrown instanceof Deno.errors.PermissionDenied || /os error (1|13)\b/.test(said)) {
    return ["not_writable", "permission denied", look];
  }
  // Below /proc, /sys and /dev our own runtime refuses, whoever asks.
  if (thrown instanceof Deno.errors.NotCapable) {
    return ["not_writable", "no file can be made in that place", look];
  }
  if (isNoFolder(thrown)) {
    return ["host_file_unusable", "a file stands where a folder should be", look];
  }
  if (/os error 40\b/.test(said)) {
    return ["host_file_unusable", "links lead to one another in a circle", look];
  }
  const again = "Run the same command again: it is looked at anew";
  if (isMissing(thrown)) return ["conflict", "it went away meanwhile", again];
  if (thrown instanceof Deno.errors.AlreadyExists) {
    return ["conflict", "it was made meanwhile", again];
  }
  return ["unreadable", plainWords(said), look];
}

/** What the system says, without the name of its call and the path, which stands before it. */
function plainWords(said: string): string {
  return said.replace(/: \w+ '.*$/s, "");
}

/** A path that stands in the way as something else than is needed. */
export function wrongKind(path: string, found: string, expected: string, hint: string) {
  return new OuroborosError({
    code: "host_file_unusable",
    message: `Write "${path}": found ${found}, expected ${expected}`,
    hint,
  });
}

/** A file or a folder that is another user's; `what`: which of the two, for people. */
export function ofAnother(path: string, what: string, cause?: unknown): OuroborosError {
  return new OuroborosError({
    code: "not_writable",
    message: `Write "${path}": ${what} belongs to another user or group`,
    hint: `Run it as that user, or look at it: ls -ldn "${path}"`,
    cause,
  });
}

/** Whether a file call failed because nothing is there. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof Deno.errors.NotFound;
}

/** Whether a file call failed because a file stands where a folder above should be. */
export function isNoFolder(thrown: unknown): boolean {
  return /os error 20\b|Not a directory/i.test(String(thrown));
}

/** What stands at a path, links not followed; undefined for nothing, also below a file. */
export async function lstatIfAny(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (thrown) {
    if (isMissing(thrown) || isNoFolder(thrown)) return undefined;
    throw thrown;
  }
}

/** A file's bytes; undefined where it is gone by now. Errors: the file system's. */
export async function readIfAny(path: string): Promise<Uint8Array | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (thrown) {
    if (isMissing(thrown) || isNoFolder(thrown)) return undefined;
    throw thrown;
  }
}

/** Whether something is there; where nobody may look, nobody can say that it is gone. */
export async function mayBeThere(path: string): Promise<boolean> {
  return await lstatIfAny(path).catch(() => true) !== undefined;
}
