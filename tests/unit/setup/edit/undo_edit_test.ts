import { assert, assertEquals } from "@std/assert";
import { stringify } from "@std/yaml";
import { parse } from "@std/yaml";
import type { Change, EditFormat } from "../../../../lib/setup/edit/change.ts";
import { edit } from "../../../../lib/setup/edit/edit.ts";
import { undoEdit } from "../../../../lib/setup/edit/undo_edit.ts";

const ENTRY = { command: "/bin/ouroboros", args: ["mcp", "serve"] };
const SET: Change = { op: "set", path: ["mcp_servers", "ouroboros"], value: ENTRY };

Deno.test("a file that its host has written anew loses our entry and nothing else", () => {
  const json = '{"a": 1, "mcp_servers": {"b": {}}}';
  const { text, undo } = applied("json", json, [SET]);
  const rewritten = JSON.stringify({ ...JSON.parse(text), z: [1] }, null, 4) + "\n";
  const undone = undoEdit("json", rewritten, undo);
  assert(undone.ok);
  assertEquals(
    undone.text,
    JSON.stringify({ a: 1, mcp_servers: { b: {} }, z: [1] }, null, 4) + "\n",
  );

  const yaml = applied("yaml", "# mine\na: 1\n", [SET]);
  const dumped = stringify(parse(yaml.text));
  const back = undoEdit("yaml", dumped, yaml.undo);
  assert(back.ok);
  assertEquals(back.text, "a: 1\n");
});

Deno.test("a parent that we made stays when somebody else has put something into it", () => {
  const { text, undo } = applied("yaml", "a: 1\n", [SET]);
  const undone = undoEdit("yaml", text + "  other:\n    command: x\n", undo);
  assert(undone.ok);
  assertEquals(undone.text, "a: 1\nmcp_servers:\n  other:\n    command: x\n");
});

Deno.test("an empty mapping in our entry, as hosts write one, is no change of it", () => {
  for (const format of ["json", "yaml", "toml"] as const) {
    const { text, undo } = applied(format, "", [SET]);
    const env = [...SET.path, "env"];
    const more = edit(format, text, [{ op: "set", path: env, value: {} }]);
    assert(more.ok && more.changed);
    const undone = undoEdit(format, more.text, undo);
    assert(undone.ok);
    assertEquals(undone.text.includes("ouroboros"), false, undone.text);
    const filled = edit(format, text, [{ op: "set", path: env, value: { A: "b" } }]);
    assert(filled.ok);
    const kept = undoEdit(format, filled.text, undo);
    assertEquals(kept.ok ? "" : kept.problem.code, "changed");
  }
});

Deno.test("an entry that somebody changed is a problem with its place, and goes when forced", () => {
  const { text, undo } = applied("toml", 'model = "x"\n', [SET]);
  const changed = text + "tool_timeout_sec = 9\n";
  const result = undoEdit("toml", changed, undo);
  assert(!result.ok);
  assertEquals([result.problem.code, result.problem.path, result.problem.line], [
    "changed",
    ["mcp_servers", "ouroboros"],
    3,
  ]);
  const forced = undoEdit("toml", changed, undo, { force: true });
  assert(forced.ok);
  assertEquals(forced.text, 'model = "x"\n');
});

Deno.test("an entry that is gone is passed over", () => {
  for (const format of ["yaml", "toml", "json"] as const) {
    const text = format === "json" ? "{}" : "";
    const { undo } = applied(format, text, [SET]);
    const result = undoEdit(format, text, undo);
    assert(result.ok);
    assertEquals([result.text, result.changed], [text, false]);
  }
});

Deno.test("steps of several runs are taken back as one, the last one first", () => {
  const text = "mcp_servers:\n  ouroboros:\n    command: uvx # old\n    args: [ouroboros]\n";
  const first = applied("yaml", text, [SET]);
  const second = applied("yaml", first.text, [
    { op: "set", path: ["mcp_servers", "ouroboros", "command"], value: "/opt/ouroboros" },
  ]);
  const undone = undoEdit("yaml", second.text, [...first.undo, ...second.undo]);
  assert(undone.ok);
  assertEquals(undone.text, text);
});

Deno.test("what was removed comes back, where it was or at least as it was", () => {
  const text = "a: 1\nb:\n  c: 2 # two\n  d: 3\n";
  const { text: after, undo } = applied("yaml", text, [{ op: "remove", path: ["b", "c"] }]);
  assertEquals(after, "a: 1\nb:\n  d: 3\n");
  const undone = undoEdit("yaml", after, undo);
  assert(undone.ok);
  assertEquals(undone.text, text);
  const moved = undoEdit("yaml", "# above\n" + after + "z: 1\n", undo);
  assert(moved.ok);
  assertEquals(moved.text, "# above\na: 1\nb:\n  d: 3\n  c: 2\nz: 1\n");
});

Deno.test("steps are data that survive a receipt", () => {
  const { text, undo } = applied("toml", "# x\r\n", [SET]);
  const undone = undoEdit("toml", text, JSON.parse(JSON.stringify(undo)));
  assert(undone.ok);
  assertEquals(undone.text, "# x\r\n");
});

function applied(format: EditFormat, text: string, changes: readonly Change[]) {
  const result = edit(format, text, changes);
  assert(result.ok, JSON.stringify(result));
  return result;
}
