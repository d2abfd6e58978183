import { DELIMITER, isAbsolute, join } from "@std/path";
import { OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";

/** What hosts start behind the program. */
const SERVE = ["mcp", "serve"];

/**
 * What a host is to start: this program and `mcp serve`, all absolute. A link on PATH that leads to
 * this program is kept as a link, so that the entry stays right when a package manager moves what
 * is behind it. Errors: not_allowed from source, unless `source` asks for that.
 */
export async function ownLauncher(
  app: Pick<App, "self" | "environment">,
  options: { source: boolean },
): Promise<string[]> {
  if (app.self.length === 1) {
    const search = app.environment.get("PATH") ?? "";
    return [await nameOnPath(app.self[0], search), ...SERVE];
  }
  if (!options.source) {
    throw new OuroborosError({
      code: "not_allowed",
      message: "Set up a host: this program runs from source, and is not one file that hosts " +
        "could start",
      hint: "Make the file first: deno task compile && dist/ouroboros setup; or have hosts start " +
        "this checkout: add --source",
    });
  }
  return sourceLauncher(app);
}

/** This checkout as a host would start it: Deno, and the cache that its packages are in. */
function sourceLauncher(app: Pick<App, "self" | "environment">): string[] {
  const cache = app.environment.get("DENO_DIR");
  // Hosts hand a server a few names only: a cache elsewhere would not be found.
  const moved = cache === undefined ? [] : ["/usr/bin/env", `DENO_DIR=${cache}`];
  return [...moved, ...app.self, ...SERVE];
}

/**
 * The system gives the file behind all links. Where that file's own folder is not on PATH and a
 * link to it is, the link is what its owner installed.
 */
async function nameOnPath(file: string, search: string): Promise<string> {
  const real = await Deno.realPath(file).catch(() => file);
  const links: string[] = [];
  for (const folder of search.split(DELIMITER)) {
    if (!isAbsolute(folder)) continue;
    const name = join(folder, "ouroboros");
    if (await Deno.realPath(name).catch(() => undefined) !== real) continue;
    if (name === file || name === real) return name;
    links.push(name);
  }
  return links[0] ?? file;
}
