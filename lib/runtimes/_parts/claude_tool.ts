import { clip } from "./clip.ts";
import { asList, asObject, asText, type JsonObject } from "./json_line.ts";

/** Members of a tool's input that say most about the call, in this order. */
const TELLING = ["command", "file_path", "notebook_path", "path", "pattern", "url", "description"];

/** One line about a tool call. */
export function claudeCallSummary(input: unknown): string {
  const members = asObject(input) ?? {};
  for (const name of TELLING) {
    const value = asText(members[name]);
    if (value) return clip(value);
  }
  return clip(JSON.stringify(members));
}

/** One line about what a tool gave back: text, or the text blocks of a list. */
export function claudeResultSummary(block: JsonObject): string {
  const { content } = block;
  if (typeof content === "string") return clip(content);
  return clip(asList(content).map((one) => asText(asObject(one)?.text) ?? "").join(" "));
}

/** Kinds of tools whose refusal can leave an attempt with nothing done. */
export type ClaudeToolKind = "write" | "shell" | "other";

/** The kind of a tool, by its name. */
export function claudeToolKind(name: string): ClaudeToolKind {
  if (["Edit", "MultiEdit", "NotebookEdit", "Write"].includes(name)) return "write";
  return name === "Bash" || name === "PowerShell" ? "shell" : "other";
}
