import { join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import { lstatIfAny } from "./not_found.ts";

/**
 * Makes the folders of `path` (relative, "" for none) below a working tree of ours. The tree may be
 * an agent's work: a link or file in a folder's place is refused, for what we write below it would
 * land elsewhere. Returns the absolute path. Errors: workspace_unsupported.
 */
export async function makeRealFolders(top: string, path: string): Promise<string> {
  let at = top;
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    at = join(at, name);
    const info = await lstatIfAny(at);
    if (info === undefined) await Deno.mkdir(at);
    else if (!info.isDirectory) {
      throw new OuroborosError({
        code: "workspace_unsupported",
        message: `Use the folder "${path}" of the work: ` +
          `a ${info.isSymlink ? "link" : "file"} stands at "${at}"`,
      });
    }
  }
  return at;
}
