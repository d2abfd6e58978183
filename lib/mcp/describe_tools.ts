import { isReadOnly, type ListedTool, listTools } from "./list_tools.ts";
import type { Tool, ToolClass } from "./tool.ts";

/** A tool as the command line tells of it. */
export interface DescribedTool {
  name: string;
  /** Whether hosts are told that it only reads. */
  readOnly: boolean;
  title: string;
  class: ToolClass;
  limitMs: number;
  /** As hosts get it in `tools/list`. */
  listed: ListedTool;
}

/** The table for people and for set-up. */
export function describeTools(tools: readonly Tool[]): DescribedTool[] {
  const listed = listTools(tools);
  return tools.map((tool, index) => ({
    name: tool.name,
    readOnly: isReadOnly(tool),
    title: tool.title,
    class: tool.class,
    limitMs: tool.limitMs,
    listed: listed[index]!,
  }));
}
