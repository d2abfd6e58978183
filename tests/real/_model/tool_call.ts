import type { ToolCall, Turn } from "./turn.ts";

/** The tool call that carries out a neutral `write` or `shell` turn with the tools on offer. */
export function toolCallFor(
  turn: Extract<Turn, { tool: ToolCall } | { write: unknown } | { shell: string }>,
  offered: readonly string[],
): ToolCall {
  if ("tool" in turn) return turn.tool;
  if ("shell" in turn) return shellCall(turn.shell, offered);
  const { path, text } = turn.write;
  const has = (name: string) => offered.includes(name);
  if (has("Write")) return { name: "Write", args: { file_path: path, content: text } };
  if (has("write")) return { name: "write", args: { filePath: path, content: text } };
  if (has("write_file")) return { name: "write_file", args: { path, content: text } };
  if (has("apply_patch")) {
    return { name: "apply_patch", args: {}, input: addFilePatch(path, text) };
  }
  if (has("exec")) return code(`tools.apply_patch(${JSON.stringify(addFilePatch(path, text))})`);
  return shellCall(writeCommand(path, text), offered);
}

/** A shell command that writes `text` to `path`, whatever bytes it holds. */
export function writeCommand(path: string, text: string): string {
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  return `mkdir -p "$(dirname '${path}')" && printf %s '${base64}' | base64 -d > '${path}'`;
}

function shellCall(command: string, offered: readonly string[]): ToolCall {
  const shapes: Record<string, Record<string, unknown>> = {
    exec_command: { cmd: command },
    shell_command: { command },
    shell: { command: ["bash", "-lc", command] },
    Bash: { command, description: "Run a command" },
    bash: { command, description: "Run a command" },
    terminal: { command },
  };
  for (const [name, args] of Object.entries(shapes)) {
    if (offered.includes(name)) return { name, args };
  }
  if (offered.includes("exec")) {
    return code(`tools.exec_command(${JSON.stringify({ cmd: command })})`);
  }
  // No shell on offer (a permission took it away): ask for it all the same, as a model might.
  return { name: "bash", args: { command } };
}

/** Codex's code mode: the model writes JavaScript that calls the tools. */
function code(expression: string): ToolCall {
  return { name: "exec", namespace: "functions", args: {}, input: `text(await ${expression});` };
}

function addFilePatch(path: string, text: string): string {
  const lines = text.replace(/\n$/, "").split("\n").map((line) => `+${line}`);
  return ["*** Begin Patch", `*** Add File: ${path}`, ...lines, "*** End Patch", ""].join("\n");
}
