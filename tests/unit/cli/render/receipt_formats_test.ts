import { assertEquals } from "@std/assert";
import { cell, code } from "../../../../lib/cli/render/receipt_formats.ts";

Deno.test("a command stays one piece of code, whatever marks are in it", () => {
  assertEquals(code("npm test"), "`npm test`");
  assertEquals(code("a | b\nc"), "`a \\| b c`");
  assertEquals(code("echo `date`"), "`` echo `date` ``");
});

Deno.test("text of others is one line without markup", () => {
  assertEquals(cell("a\n# b *c* [d](e)"), "a \\# b \\*c\\* \\[d\\](e)");
});
