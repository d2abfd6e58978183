import { isPlainMap, valueAt } from "../../setup/edit/plain.ts";
import { readDocument } from "../../setup/edit/read_document.ts";
import { hostPlaces, type RuntimeDefinition } from "../../runtimes/mod.ts";
import type { App } from "../app.ts";

/**
 * Names of the tool servers that the user has in a CLI's own file, so that a question leaves them
 * out. A file that cannot be read gives none: then the CLI cannot start them either, or says so.
 */
export async function foreignServers(
  app: Pick<App, "environment" | "paths">,
  { placement }: Pick<RuntimeDefinition, "placement">,
): Promise<string[]> {
  if (!placement) return [];
  const { format, keyPath } = placement.mcp;
  const around = { home: app.paths.home, variable: app.environment.get };
  const names = new Set<string>();
  for (const file of hostPlaces(placement, around).mcp) {
    const text = await Deno.readTextFile(file).catch(() => undefined);
    const read = text === undefined ? undefined : readDocument(format, text);
    if (!read?.ok) continue;
    const servers = valueAt(read.reading.value, keyPath.slice(0, -1));
    if (isPlainMap(servers)) { for (const name of servers.keys()) names.add(String(name)); }
  }
  names.delete(keyPath.at(-1)!);
  return [...names].sort();
}
