import { McpServer } from "@modelcontextprotocol/server";
import type { App } from "../app/app.ts";
import { handlePrompts } from "./handle_prompts.ts";
import { handleResources } from "./handle_resources.ts";
import { handleTools } from "./handle_tools.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { requestState } from "./elicit/request_state.ts";
import { TOOLS } from "./tools.ts";

/** What is offered; each answers its own methods. */
export type ServerPart = (server: McpServer, app: App) => void;

/** All that a host gets. */
const ALL: readonly ServerPart[] = [
  (server, app) => handleTools(server, app, TOOLS),
  handlePrompts,
  handleResources,
];

/** Lists are the same for as long as the program is: a host need not ask again within the hour. */
const SAME_FOR_MS = 3_600_000;

/** The use-cases as an MCP server, not yet connected. `parts`: others than all. */
export function createServer(app: App, parts: readonly ServerPart[] = ALL): McpServer {
  const lasting = { ttlMs: SAME_FOR_MS, cacheScope: "public" } as const;
  const server = new McpServer(
    { name: "ouroboros", title: "Ouroboros", version: app.version },
    {
      instructions: INSTRUCTIONS,
      requestState: { verify: (state, context) => requestState(app).verify(state, context) },
      cacheHints: {
        "server/discover": lasting,
        "tools/list": lasting,
        "prompts/list": lasting,
        "resources/templates/list": lasting,
      },
    },
  );
  for (const part of parts) part(server, app);
  return server;
}
