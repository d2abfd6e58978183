import { assert, assertEquals } from "@std/assert";
import { jsonCandidates } from "../../../../lib/app/complete/json_candidates.ts";

Deno.test("takes a whole text for the one candidate that it is", () => {
  assertEquals(jsonCandidates(' {"a": "{b}"}\n'), [{ a: "{b}" }]);
  assertEquals(jsonCandidates("[1, 2]"), [[1, 2]]);
});

Deno.test("finds what stands in fences before what stands between, and the last fence first", () => {
  const text = 'So {"a": 0}:\n```json\n{"a": 1}\n```\nor better\n~~~\n{"a": 2}\n~~~\n';
  assertEquals(jsonCandidates(text).slice(0, 2), [{ a: 2 }, { a: 1 }]);
});

Deno.test("finds values in prose, the longest first, and no brace misleads it", () => {
  const text = 'Use {braces} and "quotes {" here: {"a": [1, {"b": "} \\" {"}]} or {"c": 1}. {';
  assertEquals(jsonCandidates(text), [{ a: [1, { b: '} " {' }] }, { c: 1 }]);
});

Deno.test("finds nothing in words, scalars and halves", () => {
  for (const text of ["", "no", "42", '"text"', "null", '{"a": 1', "{'a': 1}", "]["]) {
    assertEquals(jsonCandidates(text), [], text);
  }
});

Deno.test("a text of braces alone is given up, whatever its length", () => {
  assertEquals(jsonCandidates("{".repeat(200_000)), []);
  assert(jsonCandidates("[".repeat(100_000) + "]".repeat(100_000)).length <= 200);
});
