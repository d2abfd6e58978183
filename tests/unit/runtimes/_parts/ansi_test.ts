import { assertEquals } from "@std/assert";
import { stripAnsi } from "../../../../lib/runtimes/_parts/ansi.ts";

Deno.test("ansi: colours, cursor moves and titles go, everything else stays", () => {
  assertEquals(stripAnsi("\x1b[31;1mred\x1b[0m text"), "red text");
  assertEquals(stripAnsi("\x1b[2K\x1b[1Gline"), "line");
  assertEquals(stripAnsi("\x1b]0;title\x07after"), "after");
  assertEquals(stripAnsi("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\"), "link");
  assertEquals(stripAnsi("plain [31m text\tü"), "plain [31m text\tü");
});
