/** The least MCP server that can be compiled, with one tool: the measure of a server's start. */
import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";

serveStdio(() => {
  const server = new McpServer({ name: "bare", version: "1.0.0" });
  server.registerTool("hello", { inputSchema: z.object({}) }, () => ({
    content: [{ type: "text", text: "hello" }],
  }));
  return server;
});
