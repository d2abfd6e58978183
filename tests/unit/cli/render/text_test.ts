import { assert, assertEquals } from "@std/assert";
import {
  clip,
  counted,
  duration,
  facts,
  printable,
  size,
  table,
  visible,
  wrap,
} from "../../../../lib/cli/render/text.ts";

Deno.test("a clipped text is one line of at most so many columns", () => {
  assertEquals(clip("  a\n\tb  ", 10), "a b");
  assertEquals(clip("abcdef", 6), "abcdef");
  assertEquals(clip("abcdefg", 6), "abcde…");
  assertEquals(clip("日本語日本語", 6), "日本…");
  assert(visible(clip("👍🏽👍🏽👍🏽👍🏽", 5)) <= 5);
});

Deno.test("a cut goes through no character", () => {
  assertEquals(clip("👩‍👩‍👧 family", 3), "…");
  assertEquals(clip("ab😀cd", 4), "ab…");
  assertEquals(clip("e\u0301e\u0301e\u0301", 2), "e\u0301…");
});

Deno.test("of megabytes only what can be shown is looked at", () => {
  assertEquals(visible(clip("x".repeat(5_000_000), 40)), 40);
  assertEquals(clip(`${" ".repeat(100_000)}x`, 40), "x");
});

Deno.test("codes that a terminal obeys do not get through", () => {
  assertEquals(printable("a\x1b[31mb\x1b[0m"), "ab");
  assertEquals(printable("\x1b]0;title\x07x\x1b]8;;http://h\x1b\\y"), "xy");
  assertEquals(printable("over\rwrite\x08\x07\x9b2J"), "overwrite2J");
  assertEquals(printable("\u202egnp.exe\u202c"), "gnp.exe");
  assertEquals(printable("tab\tand\nline"), "tab\tand\nline");
});

Deno.test("columns are counted as a terminal shows them", () => {
  assertEquals(visible("\x1b[31mred\x1b[0m"), 3);
  assertEquals(visible("日本"), 4);
  assertEquals(visible("e\u0301"), 1);
  assertEquals(visible("✓ ok…"), 5);
});

Deno.test("a wrapped text has no line longer than wanted, but for a longer word", () => {
  assertEquals(wrap("one two three", 7), ["one two", "three"]);
  assertEquals(wrap("a-very-long-word b", 5), ["a-very-long-word", "b"]);
  assertEquals(wrap("\x1b[31mone\x1b[0m two", 7), ["\x1b[31mone\x1b[0m two"]);
  assertEquals(wrap("", 5), [""]);
});

Deno.test("named values stand below each other and go on below themselves", () => {
  assertEquals(
    facts([["Goal", "one two three four five six"], ["May", "x"]], 26),
    "Goal  one two three four\n      five six\nMay   x\n",
  );
});

Deno.test("a table is padded by what is seen", () => {
  assertEquals(table([["日本", "a"], ["b", ""], ["cd", "e"]]), "日本  a\nb\ncd    e\n");
});

Deno.test("numbers are said in words", () => {
  assertEquals([counted(1, "file"), counted(0, "file"), counted(2, "try", "tries")], [
    "1 file",
    "0 files",
    "2 tries",
  ]);
  assertEquals(
    [0, 999.4, 1000, 59_949, 59_950, 250_000, 7_500_000].map(duration),
    ["0 ms", "999 ms", "1.0 s", "59.9 s", "1 min 0 s", "4 min 10 s", "2 h 5 min"],
  );
  assertEquals([12, 3400, 123_456, 1.2e9].map(size), ["12 B", "3.4 kB", "123 kB", "1.2 GB"]);
});

Deno.test("what a terminal would obey goes from the text of others", () => {
  assertEquals(printable("a\x9bb\u202ec\u2028d"), "abcd");
});
