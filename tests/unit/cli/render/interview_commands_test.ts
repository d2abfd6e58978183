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
  assertEquals([text.includes("false'"), text.includes("\u001b")], [true, false]);
});
