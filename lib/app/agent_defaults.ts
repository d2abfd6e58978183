import { join } from "@std/path";
import type { RuntimeDefinition } from "../runtimes/mod.ts";
import type { App } from "./app.ts";

/** A larger file is not one that a person wrote. */
const MOST_BYTES = 1_000_000;

/**
 * Variables that a runtime's workers get where the user has chosen nothing, neither by a variable
 * nor in the CLI's own file. One that cannot be read has chosen nothing.
 */
export async function agentDefaults(
  app: Pick<App, "environment" | "paths">,
  definition: Pick<RuntimeDefinition, "env" | "placement">,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { name, value, unless } of definition.env.defaults ?? []) {
    if (app.environment.get(name) !== undefined) continue;
    if (unless && unless.match.test(await textOf(placeOf(app, definition, unless.file)))) continue;
    values[name] = value;
  }
  return values;
}

/** A file below HOME, or below where the CLI's home was moved to. */
function placeOf(
  app: Pick<App, "environment" | "paths">,
  { placement }: Pick<RuntimeDefinition, "placement">,
  file: string,
): string {
  const moved = placement?.home.env && app.environment.get(placement.home.env);
  const below = `${placement?.home.path}/`;
  if (moved && file.startsWith(below)) return join(moved, file.slice(below.length));
  return join(app.paths.home, file);
}

async function textOf(path: string): Promise<string> {
  try {
    return (await Deno.stat(path)).size > MOST_BYTES ? "" : await Deno.readTextFile(path);
  } catch {
    return "";
  }
}
