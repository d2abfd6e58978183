import { assert, assertEquals } from "@std/assert";
import { parse, stringify } from "@std/yaml";
import type { Change } from "../../../lib/setup/edit/change.ts";
import { edit } from "../../../lib/setup/edit/edit.ts";
import type { OwnedStep } from "../../../lib/setup/undo_chain.ts";
import { undoMeaning } from "../../../lib/setup/undo_meaning.ts";

function written(text: string, parts: readonly [string, Change][]) {
  const steps: OwnedStep[] = [];
  for (const [part, change] of parts) {
    const result = edit("yaml", text, [change]);
    assert(result.ok, JSON.stringify(result));
    text = result.text;
    for (const step of result.undo) {
      steps.push({ part, step: { ...step, order: steps.length }, going: true });
    }
  }
  return { text, steps };
}

const BOTH: readonly [string, Change][] = [
  ["a", { op: "set", path: ["who", "a_path"], value: "/a" }],
  ["b", { op: "set", path: ["who", "b_path"], value: "/b" }],
];

Deno.test("in a file that was written anew, the last of several takes out what the first had made", () => {
  const { text, steps } = written("x: 1\n", BOTH);
  const anew = stringify(parse(text));
  for (const [first, second] of [["a", "b"], ["b", "a"]] as const) {
    const marked = steps.map((one) => ({ ...one, going: one.part === first }));
    const one = undoMeaning("yaml", anew, marked, false);
    assert(one.ok);
    assertEquals(parse(one.text), { x: 1, who: { [`${second}_path`]: `/${second}` } });
    const two = undoMeaning(
      "yaml",
      one.text,
      one.left.map((step) => ({ ...step, going: true })),
      false,
    );
    assert(two.ok);
    assertEquals([parse(two.text), two.left], [{ x: 1 }, []]);
  }
});

Deno.test("what somebody changed stays with its steps, and what is beside it goes", () => {
  const { text, steps } = written("x: 1\n", BOTH);
  const changed = text.replace('"/a"', '"/mine"');
  const kept = undoMeaning("yaml", changed, steps, false);
  assert(kept.ok);
  assertEquals(parse(kept.text), { x: 1, who: { a_path: "/mine" } });
  assertEquals(kept.left.map((one) => one.step.path), [["who", "a_path"]]);
  assertEquals(kept.changed.map((one) => [one.part, one.problem.code]), [["a", "changed"]]);
  const forced = undoMeaning("yaml", changed, steps, true);
  assert(forced.ok);
  assertEquals([parse(forced.text), forced.left, forced.changed], [{ x: 1 }, [], []]);
});

Deno.test("steps that build on one another stay together", () => {
  const { text, steps } = written("x: 1\n", [
    ["a", { op: "set", path: ["servers", "ours"], value: { command: "/1" } }],
    ["a", { op: "set", path: ["servers", "ours", "command"], value: "/2" }],
    ["a", { op: "set", path: ["allow"], value: "ours" }],
  ]);
  const mine = text.replace("command:", "env: { a: b }\n    command:");
  const kept = undoMeaning("yaml", mine, steps, false);
  assert(kept.ok);
  assertEquals(parse(kept.text), { x: 1, servers: { ours: { env: { a: "b" }, command: "/2" } } });
  assertEquals(kept.left.length, 2);
});

Deno.test("a shape in which nothing can be undone is a problem", () => {
  const { steps } = written("x: 1\n", BOTH);
  const result = undoMeaning("yaml", "[1, 2]\n", steps, true);
  assert(!result.ok);
  assertEquals(result.problem.code, "shape");
});
