/** Whether a file call failed because a path, or a folder on the way to it, is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/**
 * The same as {@link lstatIfAny}, at once. Where thousands of small files are looked at one after the
 * other, waiting for a turn of another thread each time takes far longer than the look.
 */
export function lstatNow(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** The file information of a path itself (links are not followed), undefined where nothing is. */
export async function lstatIfAny(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
