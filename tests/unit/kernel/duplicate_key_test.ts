import { assertEquals } from "@std/assert";
import { duplicateKey } from "../../../lib/kernel/duplicate_key.ts";

Deno.test("a key that one object gives twice is found, in whatever spelling", () => {
  assertEquals(duplicateKey('{"a": 0.1, "a": 0.9}'), "a");
  assertEquals(duplicateKey('[{"x": {"a" : 1, "\\u0061": 2}}]'), "a");
  assertEquals(duplicateKey('{"\\"": 1, "b": {"c": []}, "\\"" : 2}'), '"');
});

Deno.test("the same key in different objects, and as a value, is none", () => {
  for (
    const json of [
      '{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}',
      '{"a": "a", "b": "\\"a\\": {", "c": ["a", "a"]}',
      '"a"',
      "{}",
    ]
  ) assertEquals(duplicateKey(json), undefined, json);
});

Deno.test("a long text is read in one go", () => {
  assertEquals(duplicateKey(`{"a": "${"x\\n".repeat(300_000)}", "a": 1}`), "a");
});
