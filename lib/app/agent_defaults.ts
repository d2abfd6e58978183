import { join } from "@std/path";
import { hostPlaces, type RuntimeDefinition } from "../runtimes/mod.ts";
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

/** A file in the CLI's own folder, wherever that is for this user. */
function placeOf(
  app: Pick<App, "environment" | "paths">,
  { placement }: Pick<RuntimeDefinition, "placement">,
  file: string,
): string {
  const { home } = app.paths;
  if (!placement) return join(home, file);
  return join(hostPlaces(placement, { home, variable: app.environment.get }).home, file);
}

async function textOf(path: string): Promise<string> {
  try {
    return (await Deno.stat(path)).size > MOST_BYTES ? "" : await Deno.readTextFile(path);
  } catch {
    return "";
  }
}
