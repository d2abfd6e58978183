import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/yaml";
import type { Change } from "../../../../lib/setup/edit/change.ts";
import { edit } from "../../../../lib/setup/edit/edit.ts";
import { keepsPromises } from "../../../helpers/edit_promises.ts";
import { forAll, type Pick } from "../../../helpers/pick.ts";
import { yamlText } from "../../../helpers/yaml_text.ts";

/** Generated files in this file. */
const CASES = 11_000;

const ENTRY = {
  command: "/home/user/.local/bin/ouroboros",
  args: ["mcp", "serve"],
  enabled: true,
  timeout: 300,
  env: { "A B": "it's: #1", LANG: "no" },
};
const PATH = ["mcp_servers", "ouroboros"];

Deno.test("in any YAML file an entry is set, set again for nothing, and undone to the byte", () => {
  let kept = 0;
  forAll("YAML", CASES, (pick) => {
    const { text } = yamlText(pick);
    const changes = changesOf(pick);
    // Files that the format's own parser refuses are no case of this promise.
    if (!edit("yaml", text, []).ok) return;
    kept++;
    keepsPromises("yaml", text, changes, {
      meaning: (before, after) => sameElsewhere(before, after, changes),
      neighbour: pick.oneIn(2) ? (one) => one.replace(/^(\ufeff?)/, "$1# mine\n") : undefined,
    });
  });
  console.log(`YAML: ${kept.toLocaleString("en-US")} of them valid`);
  assert(kept > 10_000);
});

function changesOf(pick: Pick): Change[] {
  return pick.of<Change[]>([
    [{ op: "set", path: PATH, value: ENTRY }],
    [{ op: "set", path: PATH, value: ENTRY }, {
      op: "set",
      path: ["orchestrator", "runtime_backend"],
      value: "x",
    }],
    [{ op: "set", path: ["top"], value: "yes" }],
    [{ op: "set", path: ["a", "b", "c"], value: 1.5 }],
    [{ op: "add_item", path: ["skills", "external_dirs"], item: "~/x y" }],
    [
      { op: "set", path: ["list"], value: ["a", "b"] },
      { op: "add_item", path: ["list"], item: "c" },
      { op: "remove_item", path: ["list"], item: "a" },
    ],
    [
      { op: "set", path: PATH, value: { command: "uvx", args: ["ouroboros"] } },
      { op: "set", path: PATH, value: ENTRY },
    ],
  ]);
}

/** With a parser that the editor does not use: everything but what was set says what it said. */
function sameElsewhere(before: string, after: string, changes: readonly Change[]): void {
  const [was, is] = [before, after].map((text) => {
    try {
      const value = parse(text.replace(/^\ufeff/, "")) as Record<string, unknown> | null;
      return value ?? {};
    } catch {
      // It knows less of YAML than the editor; such a file is judged by the editor alone.
      return undefined;
    }
  });
  if (was === undefined || is === undefined) return;
  for (const { path } of changes) {
    for (const one of [was, is]) {
      const top = one[path[0]!];
      if (typeof top !== "object" || top === null || path.length < 2) delete one[path[0]!];
      else {
        delete (top as Record<string, unknown>)[path[1]!];
        if (Object.keys(top).length === 0) delete one[path[0]!];
      }
    }
  }
  assertEquals(is, was);
}

Deno.test("a block text at the end of a file without a newline gets none", () => {
  // Hosts that read with PyYAML would see another text.
  const change: Change = { op: "set", path: ["b"], value: 1 };
  assertEquals(keepsPromises("yaml", "a: |\n  x", [change]), "b: 1\na: |\n  x");
  assertEquals(keepsPromises("yaml", "a: |+\n  x\n ", [change]), "b: 1\na: |+\n  x\n ");
  assertEquals(keepsPromises("yaml", "a:\n  c: >\n    x", [change]), "b: 1\na:\n  c: >\n    x");
  const removed = edit("yaml", "a: |\n  x\nb: 1", [{ op: "remove", path: ["b"] }]);
  assert(removed.ok);
  assertEquals(removed.text, "a: |\n  x\n");
  const list = edit("yaml", "a:\n- |\n  x", [{ op: "add_item", path: ["a"], item: "y" }]);
  assert(!list.ok);
  assertEquals(list.problem.code, "layout");
});

Deno.test("a member is removed with its lines, the last one leaves empty brackets", () => {
  const text = "a:\n  # about b\n  b: 1 # one\n  c: {d: 2}\ne: [1, 2] # list\n";
  const without = (...paths: string[][]) => {
    const result = edit("yaml", text, paths.map((path) => ({ op: "remove", path })));
    assert(result.ok);
    return result.text;
  };
  assertEquals(without(["a", "b"]), text.replace("  b: 1 # one\n", ""));
  assertEquals(without(["a", "c", "d"]), text.replace("{d: 2}", "{}"));
  assertEquals(without(["a", "b"], ["a", "c"]), "a: {}\n  # about b\ne: [1, 2] # list\n");
  assertEquals(without(["e"]), text.replace(/e:.*\n/, ""));
  const items = edit("yaml", text, [{ op: "remove_item", path: ["e"], item: 1 }]);
  assert(items.ok);
  assertEquals(items.text, text.replace("[1, 2]", "[2]"));
});
