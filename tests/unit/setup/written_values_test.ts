import { assertEquals } from "@std/assert";
import type { Change } from "../../../lib/setup/edit/change.ts";
import { edit } from "../../../lib/setup/edit/edit.ts";
import { plainOf } from "../../../lib/setup/edit/plain.ts";
import { writtenValues } from "../../../lib/setup/written_values.ts";

function written(text: string, changes: readonly Change[]) {
  const result = edit("yaml", text, changes);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return writtenValues(result.undo);
}

Deno.test("what was put into a document is told from what stood there", () => {
  assertEquals(
    written("a:\n  mine: 1\n  list: [x]\n  old: 2\n", [
      { op: "set", path: ["a", "b", "c"], value: "d" },
      { op: "set", path: ["a", "old"], value: 3 },
      { op: "add_item", path: ["a", "list"], item: "y" },
    ]),
    plainOf({ a: { b: { c: "d" }, old: 3, list: ["y"] } }),
  );
});

Deno.test("what was taken out again is not there any more", () => {
  assertEquals(
    written("", [
      { op: "set", path: ["a", "b"], value: { c: 1, d: 2 } },
      { op: "remove", path: ["a", "b", "c"] },
      { op: "add_item", path: ["a", "l"], item: "x" },
      { op: "add_item", path: ["a", "l"], item: "y" },
      { op: "remove_item", path: ["a", "l"], item: "x" },
    ]),
    plainOf({ a: { b: { d: 2 }, l: ["y"] } }),
  );
  assertEquals(writtenValues([]), undefined);
});
