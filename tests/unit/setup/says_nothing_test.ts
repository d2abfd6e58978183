import { assertEquals } from "@std/assert";
import { saysNothing } from "../../../lib/setup/says_nothing.ts";

Deno.test("blank texts and empty documents say nothing, a remark or a key does", () => {
  const mark = String.fromCharCode(0xfeff);
  for (const text of ["", " \n", mark, "{}", `${mark}{ }\n`]) {
    assertEquals(saysNothing("jsonc", text), true, text);
  }
  for (const text of ["{} // x", '{"a": {}}', "[]", "{", '{"a": null}']) {
    assertEquals(saysNothing("jsonc", text), false, text);
  }
  assertEquals(saysNothing("yaml", "---\n"), true);
  assertEquals(saysNothing("yaml", "# mine\n"), false);
  assertEquals(saysNothing("markdown", "mine"), false);
});

Deno.test("mappings that we made say nothing while nothing is in them", () => {
  const made = [["mcp", "servers", "ours"]];
  assertEquals(saysNothing("yaml", "mcp:\n  servers:\n", made), true);
  assertEquals(saysNothing("json", '{"mcp": {"servers": {}}}', made), true);
  assertEquals(saysNothing("json", '{"mcp": {"servers": {"a": {}}}}', made), false);
  assertEquals(saysNothing("json", '{"mcp": {"other": {}}}', made), false);
  assertEquals(saysNothing("json", '{"mcp": 1}', made), false);
});
