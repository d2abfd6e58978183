import type { Deliveries } from "../../lib/cli/command.ts";

/** What commands get where a test starts no server and calls no tool. */
export const NO_DELIVERIES: Deliveries = {
  mcp: () => Promise.reject(new Error("No server is started here")),
  mcpHttp: () => Promise.reject(new Error("No server is started here")),
  mcpTools: () => Promise.resolve([]),
  toolTable: () => Promise.reject(new Error("No tool is called here")),
};
