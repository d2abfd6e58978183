import { assertEquals } from "@std/assert";
import { tomlText } from "../../../../lib/runtimes/_parts/toml_text.ts";

Deno.test("toml text: quotes, control characters, DEL and lone surrogates are written safely", () => {
  assertEquals(tomlText('a"b\\c\n\u0000\x7f\ud800ü'), '"a\\"b\\\\c\\n\\u0000\\u007f\ufffdü"');
});
