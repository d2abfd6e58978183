import {
  type CallToolResult,
  isInputRequiredResult,
  McpServer,
} from "@modelcontextprotocol/server";
import type { App } from "../app/app.ts";
import { messageOf, OuroborosError } from "../kernel/error.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import type { Tool } from "./tool.ts";
import { READ_ONLY, TOOLS } from "./tools.ts";

/** The use-cases as an MCP server, not yet connected. */
export function createServer(app: App): McpServer {
  const server = new McpServer(
    { name: "ouroboros", title: "Ouroboros", version: app.version },
    { instructions: INSTRUCTIONS },
  );
  for (const tool of TOOLS) {
    server.registerTool(tool.name, {
      title: tool.title,
      description: tool.description,
      inputSchema: tool.input,
      outputSchema: tool.output,
      annotations: {
        title: tool.title,
        // Codex refuses what is not marked as such when no person can be asked.
        readOnlyHint: READ_ONLY,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
    }, (input) => call(app, tool, input));
  }
  return server;
}

/** What went wrong is an answer to the model, not an end of the connection: it can do better. */
async function call(
  app: App,
  tool: Tool,
  input: Record<string, unknown>,
): Promise<CallToolResult> {
  try {
    const answer = await tool.run(app, input, {
      signal: new AbortController().signal,
      progress: () => {},
      canAsk: false,
      responses: undefined,
      state: () => undefined,
      seal: () => Promise.reject(new Error("No form was put")),
    });
    if (isInputRequiredResult(answer)) throw new Error("No form can be put yet");
    // Some hosts show the model the text alone, some the structure alone: both are whole.
    return {
      content: [{ type: "text", text: tool.text(answer) }],
      structuredContent: answer,
    };
  } catch (error) {
    return { content: [{ type: "text", text: failure(error) }], isError: true };
  }
}

function failure(error: unknown): string {
  if (!(error instanceof OuroborosError)) {
    return `Something went wrong inside ouroboros: ${messageOf(error)}`;
  }
  const { code, message, hint } = error;
  return `${message} (${code})${hint === undefined ? "" : `\nTry: ${hint}`}`;
}
