import { isAbsolute, join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { realPath } from "./find_run.ts";

/** The real path of a project's folder, as it was typed. Errors: not_found, with that hint. */
export async function projectFolder(
  app: Pick<App, "cwd">,
  folder: string,
  hint: string,
): Promise<string> {
  const path = isAbsolute(folder) ? folder : join(app.cwd, folder);
  const info = await Deno.stat(path).catch(() => undefined);
  if (info?.isDirectory) return await realPath(path);
  throw new OuroborosError({
    code: "not_found",
    message: `Use "${folder}" as the project: ${
      info === undefined ? "there is no such folder" : "it is no folder"
    }`,
    hint,
  });
}
