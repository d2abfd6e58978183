import type { RuntimeEvent } from "../../kernel/runtime_event.ts";
import { clip } from "./clip.ts";
import { asList, asNumber, asObject, asText, type JsonObject } from "./json_line.ts";

/** The neutral events of one thread item; an item of a kind that is not known gives none. */
export function codexItemEvents(item: JsonObject, completed: boolean): RuntimeEvent[] {
  switch (item.type) {
    case "agent_message":
      return completed ? [{ type: "text", text: asText(item.text) ?? "" }] : [];
    case "reasoning":
      return completed ? [{ type: "thinking", text: asText(item.text) ?? "" }] : [];
    case "error":
      // Only a warning: an unknown model's fallback, a bad agent file (spec §1.3).
      return [{ type: "notice", level: "warning", text: clip(asText(item.message) ?? "") }];
    case "command_execution":
      return tool(item, completed, {
        name: "shell",
        summary: clip(plainCommand(asText(item.command) ?? "")),
        ok: item.status === "completed" && (asNumber(item.exit_code) ?? 0) === 0,
      });
    case "file_change":
      return tool(item, completed, {
        name: "edit",
        summary: clip(
          asList(item.changes).map((change) => {
            const { kind, path } = asObject(change) ?? {};
            return `${asText(kind) ?? "change"} ${asText(path) ?? "?"}`;
          }).join(", "),
        ),
        ok: item.status === "completed",
      });
    case "mcp_tool_call":
      return tool(item, completed, {
        name: `${asText(item.server) ?? "mcp"}.${asText(item.tool) ?? "?"}`,
        summary: clip(
          asText(asObject(item.error)?.message) ?? JSON.stringify(item.arguments ?? {}),
        ),
        ok: item.status === "completed" && !asObject(item.error),
      });
    case "web_search":
      return tool(item, completed, {
        name: "web_search",
        summary: clip(asText(item.query) ?? ""),
        ok: true,
      });
    default:
      return [];
  }
}

function tool(
  item: JsonObject,
  completed: boolean,
  { name, summary, ok }: { name: string; summary: string; ok: boolean },
): RuntimeEvent[] {
  const callId = asText(item.id) ?? "";
  return completed
    ? [{ type: "tool_finished", callId, tool: name, ok, summary }]
    : [{ type: "tool_started", callId, tool: name, summary }];
}

const SHELL = /^\S*sh -l?c$/;

/** What was asked for, without the shell that Codex puts around it. */
function plainCommand(command: string): string {
  const start = command.indexOf(" '");
  if (start < 0 || !command.endsWith("'") || !SHELL.test(command.slice(0, start))) return command;
  const inner = command.slice(start + 2, -1);
  return inner.includes("'") ? inner.replaceAll(`'\\''`, "'") : inner;
}
