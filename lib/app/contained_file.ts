import { isAbsolute, join } from "@std/path";
import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { isWithin, realPath } from "./find_run.ts";
import { seedsFolder } from "./seeds/stored_seeds.ts";

/**
 * The real path of a file that a host named: in the project, or among our own seeds, links
 * followed. Errors: not_found, not_allowed.
 */
export async function containedFile(
  app: Pick<App, "cwd" | "paths">,
  path: string,
): Promise<string> {
  const place = isAbsolute(path) ? path : join(app.cwd, path);
  const info = await Deno.stat(place).catch(() => undefined);
  if (info === undefined) {
    throw new OuroborosError({
      code: "not_found",
      message: `Read "${path}": there is no such file in "${app.cwd}"`,
      hint: "Give the path from the project's folder",
    });
  }
  const real = await realPath(place);
  for (const folder of [app.cwd, seedsFolder(app)]) {
    if (isWithin(real, await realPath(folder))) return real;
  }
  throw new OuroborosError({
    code: "not_allowed",
    message: `Read "${path}": it lies outside of the project "${app.cwd}"`,
    hint: `Copy it into the project, or into "${seedsFolder(app)}"`,
  });
}
