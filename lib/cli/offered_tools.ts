import type { OfferedTools } from "../app/examine_server.ts";
import type { ToolFacts } from "./command.ts";

/** What hosts pay for the tools in every session: their list, as JSON. */
export function offeredTools(tools: readonly ToolFacts[]): OfferedTools {
  const list = JSON.stringify(tools.map((one) => one.listed));
  return { count: tools.length, bytes: new TextEncoder().encode(list).length };
}
