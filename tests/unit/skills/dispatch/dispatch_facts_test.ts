import { assertEquals } from "@std/assert";
import { dispatchFacts } from "../../../../lib/skills/dispatch/dispatch_facts.ts";
import type { Skill } from "../../../../lib/skills/skill.ts";

function factsOf(metadata: Record<string, string>, earlier?: Skill["earlier"]) {
  const skill = { name: "demo", description: "d", metadata, body: "", warnings: [] };
  const found = dispatchFacts(earlier === undefined ? skill : { ...skill, earlier });
  return found.ok ? found.facts : found.reason;
}

const NO_WORDS = { aliases: [], verbs: new Map() };

Deno.test("a bundle's tool, arguments and other words stand in its metadata", () => {
  const metadata = {
    "ouroboros-tool": "a_tool",
    "ouroboros-args": '{"a": "$1", "b": {"c": [1, null, true]}}',
    "ouroboros-aliases": "One, two  three",
    "ouroboros-verbs": '{"answer": {"b": "$args"}}',
  };
  assertEquals(factsOf(metadata), {
    call: { tool: "a_tool", args: { a: "$1", b: { c: [1, null, true] } } },
    aliases: ["one", "two", "three"],
    verbs: new Map([["answer", { b: "$args" }]]),
  });
  assertEquals(factsOf({ "ouroboros-tool": "t" }), { call: { tool: "t", args: {} }, ...NO_WORDS });
  assertEquals(factsOf({}), NO_WORDS);
});

Deno.test("the earlier system's keys count where ours are not there", () => {
  const earlier = { tool: "old", args: { a: "$1" } };
  assertEquals(factsOf({}, earlier), { call: earlier, ...NO_WORDS });
  assertEquals(factsOf({ "ouroboros-tool": "new" }, earlier), {
    call: { tool: "new", args: {} },
    ...NO_WORDS,
  });
});

Deno.test("facts that cannot be used have a reason", () => {
  const tool = { "ouroboros-tool": "t" };
  assertEquals(factsOf({ "ouroboros-tool": "a b" }), "invalid_tool");
  assertEquals(factsOf({ "ouroboros-args": "{}" }), "invalid_tool");
  assertEquals(factsOf({ ...tool, "ouroboros-args": "{" }), "invalid_args");
  assertEquals(factsOf({ ...tool, "ouroboros-args": "[]" }), "invalid_args");
  assertEquals(factsOf({ ...tool, "ouroboros-args": '{" ": 1}' }), "invalid_args");
  const deep = `{"a": ${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
  assertEquals(factsOf({ ...tool, "ouroboros-args": deep }), "invalid_args");
  assertEquals(factsOf({ ...tool, "ouroboros-aliases": "a b/c" }), "invalid_alias");
  assertEquals(factsOf({ "ouroboros-verbs": "{}" }), "invalid_tool");
  for (const verbs of ["[", "[]", '{"A b": {}}', '{"a": 1}']) {
    assertEquals(factsOf({ ...tool, "ouroboros-verbs": verbs }), "invalid_args", verbs);
  }
  assertEquals(factsOf({}, { tool: "old" }), "invalid_args");
  assertEquals(factsOf({}, { tool: "old", args: { a: new Date(0) } }), "invalid_args");
  assertEquals(factsOf({}, { tool: "old", args: { a: NaN } }), "invalid_args");
});
