import { type McpServer, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import type { App } from "../app/app.ts";
import { nearestName } from "../kernel/nearest_name.ts";
import { callSurroundings } from "./call_surroundings.ts";
import { putForms } from "./elicit/put_forms.ts";
import { formerTool } from "./former_tools.ts";
import { type ListedTool, listTools } from "./list_tools.ts";
import { runTool } from "./run_tool.ts";
import type { Tool } from "./tool.ts";

/**
 * Answers `tools/list` and `tools/call` from the table. By hand and not by the package's registry:
 * that one puts its own words in place of an error's, and knows no name that has gone.
 */
export function handleTools({ server }: McpServer, app: App, tools: readonly Tool[]): void {
  server.registerCapabilities({ tools: {} });
  server.setRequestHandler("tools/list", () => ({ tools: listedOnce(tools) }));
  server.setRequestHandler("tools/call", async ({ params }, context) => {
    const tool = tools.find((one) => one.name === params.name);
    if (tool === undefined) throw unknownTool(params.name, tools);
    const call = callSurroundings(app, server, context);
    const args = params.arguments ?? {};
    return await putForms(app, context, call, (round) => runTool(app, tool, args, round));
  });
}

/** Made at the first question and not at the start, for which a host waits; then for every server. */
const listed = new WeakMap<readonly Tool[], ListedTool[]>();

function listedOnce(tools: readonly Tool[]): ListedTool[] {
  const list = listed.get(tools) ?? listTools(tools);
  listed.set(tools, list);
  return list;
}

function unknownTool(name: string, tools: readonly Tool[]): ProtocolError {
  const names = tools.map((one) => one.name);
  const now = formerTool(name);
  const near = nearestName(name, names);
  const hint = now ?? (near === undefined ? `Call one of ${names.join(", ")}` : `Call ${near}`);
  return new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Call "${name}": there is no such tool. ${hint}`,
    { name, use: hint },
  );
}
