import { assert, assertEquals } from "@std/assert";
import { commandBlock } from "../../../../lib/cli/render/command_text.ts";
import { visible } from "../../../../lib/cli/render/text.ts";

Deno.test("a command's lines stand below each other, further in than the first", () => {
  const run = "# only looks\n\n  if true\n\tthen rm -r x\n\n";
  assertEquals(commandBlock(run, { indent: 4, width: 60, tail: " [hidden]" }), [
    "    # only looks ⏎",
    "      ⏎",
    "        if true ⏎",
    "        then rm -r x [hidden]",
  ]);
});

Deno.test("a long command is broken and not cut", () => {
  const run = `echo ${"word ".repeat(2000)}${"x".repeat(500)}`;
  const lines = commandBlock(run, { indent: 6, width: 50 });
  assert(lines.every((line) => visible(line) <= 50 && line.startsWith("      ")));
  assertEquals(lines.join("").replaceAll(" ", ""), run.replaceAll(" ", ""));
});
