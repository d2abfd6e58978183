import { assertEquals } from "@std/assert";
import { withoutEscapes } from "../../../lib/kernel/escape_sequences.ts";

Deno.test("colours, cursor moves and titles go, everything else stays", () => {
  assertEquals(withoutEscapes("\x1b[31;1mred\x1b[0m text"), "red text");
  assertEquals(withoutEscapes("\x1b[2K\x1b[1Gline"), "line");
  assertEquals(withoutEscapes("\x1b]0;title\x07after"), "after");
  assertEquals(withoutEscapes("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\"), "link");
  assertEquals(withoutEscapes("plain [31m text\tü"), "plain [31m text\tü");
});

Deno.test("a title that is not ended takes its own line with it, and no other", () => {
  assertEquals(withoutEscapes("one\n\x1b]0;title without end\nthree"), "one\n\nthree");
});
