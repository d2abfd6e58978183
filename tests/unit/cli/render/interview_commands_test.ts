import { assertEquals } from "@std/assert";
import { interviewCommandsText } from "../../../../lib/cli/render/interview_commands.ts";

Deno.test("commands are shown whole, with what each is for, and no control character of theirs", () => {
  const run = `sh -c '${"true && ".repeat(300)}\u001b[2K false'`;
  const text = interviewCommandsText([
    { criterion: null, run: "npm ci", hidden: false, files: [] },
    { criterion: "2", run, hidden: false, files: [] },
  ], { color: false, columns: 60 });
  assertEquals(text.split("\n").slice(0, 2), [
    "Runs in a copy of the project, as you",
    "  first npm ci",
  ]);
  assertEquals(text.match(/true/g)?.length, 300);
  assertEquals([text.includes("<U+001B>[2K false'"), text.includes("\u001b")], [true, false]);
});

Deno.test("a line break of a command is seen, and what follows it does not look like a comment", () => {
  const run = "sh test.sh # expired coupons only\ntouch /tmp/made; exit 1\n";
  const text = interviewCommandsText([
    { criterion: "1", run, hidden: true, files: ["a.sh"] },
  ], { color: false, columns: 60 });
  assertEquals(text.split("\n").slice(1, 3), [
    "  1 sh test.sh # expired coupons only ⏎",
    "      touch /tmp/made; exit 1 [hidden] [brings a.sh]",
  ]);
});
