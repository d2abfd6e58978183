import { hostPlaces, type RuntimeDefinition } from "../runtimes/mod.ts";
import type { SetupAround } from "./setup_plan.ts";

/** What of ours stands in a file of a host, for people. */
export function undoWords(
  path: string,
  around: Pick<SetupAround, "home" | "variable" | "configFile">,
  definition: RuntimeDefinition | undefined,
): string {
  if (path === around.configFile) return "our configuration";
  const placement = definition?.placement;
  if (placement === undefined) return "what was set up";
  const places = hostPlaces(placement, around);
  const server = `MCP server "${placement.mcp.keyPath.at(-1)}"`;
  if (places.mcp.includes(path)) return server;
  if (path === places.approval) return "approval of our tools";
  // A place that was moved since keeps the name of its file.
  if (placement.mcp.files.some((file) => nameOf(file) === nameOf(path))) return server;
  const folders = path.split("/").slice(0, -1);
  const bundle = folders.findLast((part) => part.startsWith(placement.skills.prefix));
  return bundle === undefined ? "what was set up" : `skill "${bundle}"`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
