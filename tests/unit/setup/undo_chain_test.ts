import { assert, assertEquals } from "@std/assert";
import type { Change, EditFormat } from "../../../lib/setup/edit/change.ts";
import { edit } from "../../../lib/setup/edit/edit.ts";
import { type OwnedStep, undoChain } from "../../../lib/setup/undo_chain.ts";

/** A text after changes of several parts, and their steps. */
function written(format: EditFormat, text: string, parts: readonly [string, Change][]) {
  const steps: OwnedStep[] = [];
  for (const [part, change] of parts) {
    const result = edit(format, text, [change]);
    assert(result.ok, JSON.stringify(result));
    text = result.text;
    for (const step of result.undo) {
      steps.push({ part, step: { ...step, order: steps.length }, going: false });
    }
  }
  return { text, steps };
}

const set = (path: string[], value: string): Change => ({ op: "set", path, value });

const going = (steps: readonly OwnedStep[], part: string) =>
  steps.map((one) => ({ ...one, going: one.part === part }));

Deno.test("whoever of two goes first, the file is what it had been without both in the end", () => {
  const before = "# mine\nllm: {a: 1}";
  const { text, steps } = written("yaml", before, [
    ["a", set(["who", "a_path"], "/a")],
    ["b", set(["who", "b_path"], "/b")],
    ["a", set(["who", "a_path"], "/a2")],
  ]);
  for (const [first, second] of [["a", "b"], ["b", "a"]] as const) {
    const one = undoChain("yaml", text, going(steps, first));
    assert(one);
    assertEquals(one.bare, before);
    assertEquals([one.text.includes(`${first}_path`), one.text.includes(`${second}_path`)], [
      false,
      true,
    ]);
    assertEquals(new Set(one.left.map((step) => step.part)), new Set([second]));
    const two = undoChain("yaml", one.text, going(one.left, second));
    assertEquals([two?.text, two?.left], [before, []]);
  }
});

Deno.test("what somebody wrote above, between and below stays where it is", () => {
  const { text, steps } = written("toml", "a = 1\n", [["a", {
    op: "set",
    path: ["b", "c"],
    value: { x: "1" },
  }]]);
  const around = (text: string) => `# above\n${text}\n[z]\n# below\n`;
  assertEquals(undoChain("toml", around(text), going(steps, "a"))?.text, around("a = 1\n"));
});

Deno.test("text of ours that was changed since makes no chain", () => {
  const { text, steps } = written("yaml", "a: 1\n", [["a", set(["who", "a_path"], "/a")]]);
  for (const now of [text.replace("/a", "/z"), "a: 1\n", "a: 1\nwho: {a_path: /a}\n"]) {
    assertEquals(undoChain("yaml", now, going(steps, "a")), undefined);
  }
});
