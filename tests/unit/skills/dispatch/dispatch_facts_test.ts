import { assertEquals } from "@std/assert";
import { dispatchFacts } from "../../../../lib/skills/dispatch/dispatch_facts.ts";
import type { Skill } from "../../../../lib/skills/skill.ts";

function factsOf(metadata: Record<string, string>, earlier?: Skill["earlier"]) {
  const skill = { name: "demo", description: "d", metadata, body: "", warnings: [] };
  const found = dispatchFacts(earlier === undefined ? skill : { ...skill, earlier });
  return found.ok ? found.facts : found.reason;
}

Deno.test("a bundle's tool, arguments and other words stand in its metadata", () => {
  const metadata = {
    "ouroboros-tool": "a_tool",
    "ouroboros-args": '{"a": "$1", "b": {"c": [1, null, true]}}',
    "ouroboros-aliases": "One, two  three",
  };
  assertEquals(factsOf(metadata), {
    call: { tool: "a_tool", args: { a: "$1", b: { c: [1, null, true] } } },
    aliases: ["one", "two", "three"],
  });
  assertEquals(factsOf({ "ouroboros-tool": "t" }), { call: { tool: "t", args: {} }, aliases: [] });
  assertEquals(factsOf({}), { aliases: [] });
});

Deno.test("the earlier system's keys count where ours are not there", () => {
  const earlier = { tool: "old", args: { a: "$1" } };
  assertEquals(factsOf({}, earlier), { call: earlier, aliases: [] });
  assertEquals(factsOf({ "ouroboros-tool": "new" }, earlier), {
    call: { tool: "new", args: {} },
    aliases: [],
  });
});

Deno.test("facts that cannot be used have a reason", () => {
  const tool = { "ouroboros-tool": "t" };
  assertEquals(factsOf({ "ouroboros-tool": "a b" }), "invalid_tool");
  assertEquals(factsOf({ "ouroboros-args": "{}" }), "invalid_tool");
  assertEquals(factsOf({ ...tool, "ouroboros-args": "{" }), "invalid_args");
  assertEquals(factsOf({ ...tool, "ouroboros-args": "[]" }), "invalid_args");
  assertEquals(factsOf({ ...tool, "ouroboros-args": '{" ": 1}' }), "invalid_args");
  assertEquals(factsOf({ ...tool, "ouroboros-aliases": "a b/c" }), "invalid_alias");
  assertEquals(factsOf({}, { tool: "old" }), "invalid_args");
  assertEquals(factsOf({}, { tool: "old", args: { a: new Date(0) } }), "invalid_args");
  assertEquals(factsOf({}, { tool: "old", args: { a: NaN } }), "invalid_args");
});
