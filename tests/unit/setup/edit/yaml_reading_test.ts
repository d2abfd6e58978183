import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/yaml";
import type { Change } from "../../../../lib/setup/edit/change.ts";
import { edit } from "../../../../lib/setup/edit/edit.ts";
import { undoEdit } from "../../../../lib/setup/edit/undo_edit.ts";
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

/** Generated files with tags in them; some have the entry already. */
const TAGGED_CASES = 3000;
const TAGS = ["!!int", "!!float", "!!bool", "!!null", "!!str", "!!map", "!!seq", "!mine", "!"];

Deno.test("under any tags an entry is read as it was set, also where tags are heeded, or is refused", () => {
  let edited = 0;
  forAll("YAML with tags", TAGGED_CASES, (pick) => {
    const generated = yamlText(pick).text.replace(/^\ufeff/, "");
    const text = withTags(pick.oneIn(2) ? withOldEntry(generated) : generated, pick);
    const before = parsed(text);
    const result = edit("yaml", text, [{ op: "set", path: PATH, value: ENTRY }]);
    if (before === undefined || !result.ok) return;
    edited++;
    const after = parsed(result.text);
    assert(after !== undefined, JSON.stringify([text, result.text]));
    const { ouroboros } = after.mcp_servers as Record<string, Record<string, unknown>>;
    // Other members stand there as they stood before.
    assertEquals({ ...ouroboros, ...ENTRY }, ouroboros, JSON.stringify([text, result.text]));
    sameElsewhere(text, result.text, [{ op: "set", path: PATH, value: ENTRY }]);
    const undone = undoEdit("yaml", result.text, result.undo);
    assertEquals(undone.ok && undone.text, text);
  });
  assert(edited > TAGGED_CASES / 20, `${edited} of them`);
});

/** With a parser that refuses a tag that does not fit what stands behind it. */
function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return (parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function withOldEntry(text: string): string {
  const entry = '  ouroboros:\n    command: x\n    timeout: "3"\n    enabled: yes\n    args: [a]\n';
  return text.replace(/^(["']?mcp_servers["']?:).*\n(?=\S|$)/m, (_, key) => `${key}\n${entry}`);
}

/** Tags before some of the values, where there is a blank or the end of a line behind the key. */
function withTags(text: string, pick: Pick): string {
  return text.replace(
    /:(?=\r?\n)|(?<=[:-]) (?=\S)/g,
    (found) =>
      pick.oneIn(6) ? `${found.trim()} ${pick.of(TAGS)}${found === ":" ? "" : " "}` : found,
  );
}

Deno.test("a tag that does not fit what we set goes with its value, or stops the edit", () => {
  const entry = (timeout: string) =>
    `mcp_servers:\n  notes: !mine {a: 1}\n  ouroboros:\n    timeout: ${timeout}\n`;
  const set: Change = { op: "set", path: [...PATH, "timeout"], value: 300 };
  for (const [before, after] of [['!!int "3"', "!!int 300"], ["!!str 3", "300"], ["! 3", "300"]]) {
    assertEquals(keepsPromises("yaml", entry(before!), [set]), entry(after!));
  }
  // What was there could not be put back by its meaning: a person decides.
  for (const tagged of ['!!float "3"', "!mine 3"]) {
    const [tag = ""] = tagged.split(" ");
    const result = edit("yaml", entry(tagged), [set]);
    assert(!result.ok);
    assertEquals([result.problem.found, result.problem.line], [
      `a value with the tag "${tag}"`,
      4,
    ]);
  }
  // To parsers that heed it, nothing below it would be ours, or nothing at all be read.
  for (
    const above of ["!mine {}", "!mine\n  notes: {}", "!!null", '!!null ""', "!!set {a}", "!!map"]
  ) {
    const result = edit("yaml", `mcp_servers: ${above}\n`, [{
      op: "set",
      path: PATH,
      value: ENTRY,
    }]);
    assert(!result.ok, JSON.stringify(result));
  }
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
