import { messageOf, OuroborosError } from "../kernel/error.ts";

/**
 * Makes a folder for one command's own files where the system keeps temporary ones, and gives its
 * real path. Whoever asks removes it. Errors: not_writable.
 */
export async function makeWorkFolder(purpose: string): Promise<string> {
  try {
    return await Deno.realPath(await Deno.makeTempDir({ prefix: `ouroboros-${purpose}-` }));
  } catch (error) {
    throw new OuroborosError({
      code: "not_writable",
      message: `Make a folder for temporary files: ${messageOf(error)}`,
      hint: 'TMPDIR="$PWD/.tmp" ouroboros …, with a folder that is there and can be written to',
      cause: error,
    });
  }
}
