import { DELIMITER, isAbsolute, join } from "@std/path";

/**
 * The first executable file of one of `names` in the folders of a PATH, as an absolute path.
 * Relative folders are passed over: a cloned project must not choose the program.
 */
export async function findProgram(
  names: readonly string[],
  path: string,
): Promise<string | undefined> {
  for (const name of names) {
    for (const folder of path.split(DELIMITER)) {
      if (!isAbsolute(folder)) continue;
      for (const ending of ENDINGS) {
        const file = join(folder, name + ending);
        if (await isProgram(file)) return file;
      }
    }
  }
  return undefined;
}

const ENDINGS = Deno.build.os === "windows" ? [".exe", ".cmd", ".bat", ""] : [""];

/** Whether a path is a file that somebody may execute. */
export async function isProgram(path: string): Promise<boolean> {
  try {
    const info = await Deno.stat(path);
    return info.isFile && (Deno.build.os === "windows" || ((info.mode ?? 0) & 0o111) !== 0);
  } catch {
    // Not there, or in a folder that may not be read: not a program that we could start.
    return false;
  }
}
