import { assert, assertEquals } from "@std/assert";
import type { Change } from "../../../../lib/setup/edit/change.ts";
import { edit } from "../../../../lib/setup/edit/edit.ts";
import { keepsPromises } from "../../../helpers/edit_promises.ts";
import { jsonText } from "../../../helpers/json_text.ts";
import { forAll, type Pick } from "../../../helpers/pick.ts";

/** Generated files of each of the two, JSONC and JSON. */
const CASES = 10_000;

const PATH = ["mcp", "ouroboros"];
const ENTRY = {
  type: "local",
  command: ["/home/user/.local/bin/ouroboros", "mcp", "serve"],
  environment: { "A B": 'x "y" \\' },
  enabled: true,
};

Deno.test("in any JSONC file an entry is set, set again for nothing, and undone to the byte", () => {
  forAll("JSONC", CASES, (pick) => {
    const text = jsonText(pick, { comments: true });
    assert(edit("jsonc", text, []).ok, text);
    keepsPromises("jsonc", text, changesOf(pick), {
      neighbour: pick.oneIn(2)
        ? (one) => one.replace(/^(\ufeff?)/, "$1// mine\n")
        : (one) => `${one} // mine`,
    });
  });
});

Deno.test("in any JSON file an entry is set, set again for nothing, and undone to the byte", () => {
  forAll("JSON", CASES, (pick) => {
    const text = jsonText(pick, { comments: false });
    const changes = changesOf(pick);
    keepsPromises("json", text, changes, {
      meaning: (before, after) => {
        const [was, is] = [before, after].map((one) =>
          JSON.parse(one.replace("\ufeff", "").trim() || "{}")
        );
        for (const { path } of changes) {
          for (const one of [was, is]) {
            if (path.length > 1 && one[path[0]!]) delete one[path[0]!][path[1]!];
            else delete one[path[0]!];
            if (Object.keys(one[path[0]!] ?? {}).length === 0) delete one[path[0]!];
          }
        }
        assertEquals(is, was);
      },
    });
  });
});

function changesOf(pick: Pick): Change[] {
  return pick.of<Change[]>([
    [{ op: "set", path: PATH, value: ENTRY }],
    [{ op: "set", path: PATH, value: { type: "x" } }, { op: "set", path: PATH, value: ENTRY }],
    [{ op: "set", path: ["top"], value: 1.5 }],
    [{ op: "add_item", path: ["permissions", "allow"], item: "mcp__ouroboros" }],
    [
      { op: "set", path: ["list"], value: ["a", "b"] },
      { op: "add_item", path: ["list"], item: { c: 1 } },
      { op: "remove_item", path: ["list"], item: "b" },
    ],
  ]);
}

Deno.test("a comment behind the last member stays there", () => {
  const text = '{\n\t"mcp": {\n\t\t"a": {} // last\n\t\t// after\n\t}\n}\n';
  assertEquals(
    keepsPromises("jsonc", text, [{ op: "set", path: PATH, value: { type: "local" } }]),
    '{\n\t"mcp": {\n\t\t"a": {}, // last\n\t\t"ouroboros": {\n\t\t\t"type": "local"\n\t\t}\n\t\t// after\n\t}\n}\n',
  );
});

Deno.test("a packed file stays packed, a file with tabs keeps tabs", () => {
  const change: Change = { op: "set", path: PATH, value: { command: ["x", "y"] } };
  assertEquals(
    keepsPromises("json", '{"a":1}', [change]),
    '{"a":1,"mcp":{"ouroboros":{"command":["x","y"]}}}',
  );
});

Deno.test("a member is removed with its line and comma, first, in the middle or last", () => {
  const text = '{\n  "a": 1, // one\n  "b": 2, // two\n  "c": 3 // three\n}\n';
  const without = (key: string) => {
    const result = edit("jsonc", text, [{ op: "remove", path: [key] }]);
    assert(result.ok);
    return result.text;
  };
  assertEquals(without("a"), '{\n  "b": 2, // two\n  "c": 3 // three\n}\n');
  assertEquals(without("b"), '{\n  "a": 1, // one\n  "c": 3 // three\n}\n');
  assertEquals(without("c"), '{\n  "a": 1, // one\n  "b": 2 // two\n}\n');
});

Deno.test("strict JSON refuses comments and trailing commas with the place", () => {
  for (const [text, line, column] of [["{\n  // x\n}", 2, 3], ['{"a": 1,}', 1, 9]] as const) {
    const result = edit("json", text, [{ op: "set", path: PATH, value: "x" }]);
    assert(!result.ok);
    assertEquals([result.problem.code, result.problem.line, result.problem.column], [
      "syntax",
      line,
      column,
    ]);
    assert(edit("jsonc", text, []).ok);
  }
});
