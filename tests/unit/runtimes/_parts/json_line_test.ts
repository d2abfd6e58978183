import { assertEquals } from "@std/assert";
import {
  asList,
  asNumber,
  asObject,
  asText,
  parseJsonLine,
} from "../../../../lib/runtimes/_parts/json_line.ts";

Deno.test("json line: an object is read, with white space around it", () => {
  assertEquals(parseJsonLine('{"a":1}'), { a: 1 });
  assertEquals(parseJsonLine(' \t{"a":[{}]}\r'), { a: [{}] });
});

Deno.test("json line: everything else is noise", () => {
  for (const line of ["", " ", "text", "[1]", "null", '"{}"', '{"a":', '{"a":1}x', "{a:1}"]) {
    assertEquals(parseJsonLine(line), undefined, line);
  }
});

Deno.test("json line: members of another type are taken for missing", () => {
  assertEquals([asObject([]), asObject(null), asObject("x")], [undefined, undefined, undefined]);
  assertEquals([asText(1), asText("x")], [undefined, "x"]);
  assertEquals([asNumber("1"), asNumber(NaN), asNumber(0)], [undefined, undefined, 0]);
  assertEquals([asList({}), asList([1])], [[], [1]]);
});
