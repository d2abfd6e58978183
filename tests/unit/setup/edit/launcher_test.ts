import { assertEquals } from "@std/assert";
import { ownerOf } from "../../../../lib/setup/edit/launcher.ts";
import { plainOf } from "../../../../lib/setup/edit/plain.ts";
import type { EditValue } from "../../../../lib/setup/edit/change.ts";

const LAUNCHER = ["/home/ada/.local/bin/ouroboros", "mcp", "serve"];

const ENTRIES: readonly [string, EditValue][] = [
  ["ours", { command: LAUNCHER[0]!, args: ["mcp", "serve"], env: { A: "1" } }],
  ["ours", { type: "local", command: LAUNCHER }],
  ["former", { command: "/opt/ouroboros/bin/ouroboros", args: ["mcp", "serve"] }],
  ["former", { command: "ouroboros", args: ["mcp", "serve"] }],
  ["former", {
    command: "uvx",
    args: ["--from", "ouroboros-ai[mcp]", "ouroboros", "mcp", "serve"],
  }],
  ["former", {
    command: "/usr/bin/uvx",
    args: [
      "--isolated",
      "--python",
      ">=3.12",
      "--from",
      "x",
      "ouroboros",
      "mcp",
      "serve",
      "--runtime",
      "codex",
    ],
  }],
  ["former", {
    command: "uv",
    args: ["tool", "run", "--from", "ouroboros-ai", "ouroboros", "mcp", "serve"],
  }],
  ["former", {
    command: "pipx",
    args: ["run", "--spec", "ouroboros-ai[mcp]", "ouroboros", "mcp", "serve"],
  }],
  ["former", { command: "uvx", args: ["ouroboros-ai[mcp]==0.20.0", "mcp", "serve"] }],
  ["former", { command: "python3", args: ["-m", "ouroboros", "mcp", "serve"] }],
  ["former", { command: "C:\\Py\\python.exe", args: ["-m", "ouroboros", "mcp", "serve"] }],
  ["former", { command: ["python3.12", "-m", "ouroboros", "mcp", "serve"] }],
  ["user", { command: "node", args: ["/home/ada/ouroboros/server.mjs", "mcp", "serve"] }],
  ["user", { command: "uvx", args: ["other", "mcp", "serve"] }],
  ["user", { command: "ouroboros", args: ["my", "mcp", "serve"] }],
  ["user", { command: "python3", args: ["/x/ouroboros.py", "mcp", "serve"] }],
  ["user", { command: "sh", args: ["-c", "ouroboros mcp serve"] }],
  ["user", { command: "ouroboros" }],
  ["user", { command: "ouroboros", args: "mcp serve" }],
  ["user", { url: "http://127.0.0.1:9/mcp" }],
  ["user", "ouroboros mcp serve"],
  ["user", ["ouroboros", "mcp", "serve"]],
];

Deno.test("an entry is ours, a former launcher's, or its user's own, by the words that it starts", () => {
  const found = ENTRIES.map(([, entry]) => [ownerOf(plainOf(entry), LAUNCHER), entry]);
  assertEquals(found, ENTRIES.map(([owner, entry]) => [owner, entry]));
  assertEquals(ownerOf(null, LAUNCHER), "user");
});
