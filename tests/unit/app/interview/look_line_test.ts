import { assertEquals } from "@std/assert";
import { lookLine, lookList } from "../../../../lib/app/interview/look_line.ts";

Deno.test("a line has no breaks, no controls and no unseen characters", () => {
  assertEquals(
    lookLine("a\r\n b\tc\u001b[1md\u0000e\u009bf\u202eg\u200bh\u{e0041}\ufeff "),
    "a b cdefgh",
  );
  assertEquals(lookLine("\u2028x\u2029"), "x");
});

Deno.test("a long line is cut, and no character in two", () => {
  assertEquals(lookLine("x".repeat(1_000_000)).length, 200);
  assertEquals(lookLine("xxx😀😀", 5), "xxx…");
});

Deno.test("a list says how many it leaves out", () => {
  assertEquals(lookList(["a", "b"], 2), "a, b");
  assertEquals(lookList(["a", "b", "c"], 2), "a, b and 1 more");
});
