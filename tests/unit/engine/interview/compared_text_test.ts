import { assertEquals } from "@std/assert";
import { comparedText } from "../../../../lib/engine/interview/compared_text.ts";

Deno.test("texts are compared by letters and digits of any script, in lower case", () => {
  assertEquals(comparedText("  Which  PAGES? "), "which pages");
  assertEquals(comparedText("Ａ-1 무료!"), "a 1 무료");
});
