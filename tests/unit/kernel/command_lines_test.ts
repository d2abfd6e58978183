import { assertEquals } from "@std/assert";
import { commandLine, commandLines } from "../../../lib/kernel/command_lines.ts";

Deno.test("a command is shown in its own lines, and each that another one follows says so", () => {
  const run = "# only looks\n\n  if true\n\tthen rm -r x\n\n";
  assertEquals(commandLines(run), ["# only looks ⏎", "⏎", "  if true ⏎", "  then rm -r x"]);
  assertEquals(commandLine(run), "# only looks ⏎ ⏎ if true ⏎ then rm -r x");
});

Deno.test("what a terminal would obey is written out, with all that it would have hidden", () => {
  assertEquals(commandLines("true\r# x\u001b]0;rm -r x\u0007 \u202e\r\nls"), [
    "true<U+000D># x<U+001B>]0;rm -r x<U+0007> <U+202E><U+000D> ⏎",
    "ls",
  ]);
});

Deno.test("no gap pushes the rest of a command out of sight", () => {
  assertEquals(commandLines(`true${" ".repeat(900)}; rm x`), ["true <900 blanks> ; rm x"]);
});
