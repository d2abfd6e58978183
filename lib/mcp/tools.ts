import type { Tool } from "./tool.ts";
import { doctorTool } from "./tools/doctor.ts";
import { statusTool } from "./tools/status.ts";

/** Every tool of the server, in the order in which hosts list them. */
export const TOOLS: readonly Tool[] = [statusTool, doctorTool];

/** What hosts are told of every tool, and decide by whether they ask: none changes anything. */
export const READ_ONLY = true;
