import { assertEquals } from "@std/assert";
import { mismatch } from "./match_output.ts";

const fits = (text: string, pattern: string) => mismatch(text, pattern) === undefined;

Deno.test("a pattern without wildcards wants the very text, line ends aside", () => {
  assertEquals(fits("a\r\nb\n", "a\nb"), true);
  assertEquals(fits("a\nb c", "a\nb"), false);
  assertEquals(fits("", ""), true);
  assertEquals(fits("x", ""), false);
  assertEquals(fits("axb", "a.b"), false);
});

Deno.test("wildcards stand for text, within a line or across lines", () => {
  assertEquals(fits("in 12 ms", "in [WILDLINE] ms"), true);
  assertEquals(fits("a\nb\nc", "a\n[WILDCARD]\nc"), true);
  assertEquals(fits("a\nb", "a[WILDLINE]"), false);
  assertEquals(fits("one", "[WILDCARD]two"), false);
});

Deno.test("unordered lines come in any order, each exactly once", () => {
  const pattern = "top\n[UNORDERED_START]\nb\na [WILDLINE]\n[UNORDERED_END]\nend";
  assertEquals(fits("top\na 1\nb\nend", pattern), true);
  assertEquals(fits("top\nb\na 1\nend", pattern), true);
  assertEquals(fits("top\nb\nend", pattern), false);
  assertEquals(fits("top\nb\na 1\nb\nend", pattern), false);
});

Deno.test("a comment line in a pattern stands for nothing", () => {
  assertEquals(fits("a\nb", "a\n[# why b]\nb"), true);
});
