import { assertEquals } from "@std/assert";
import { jobWaitTool } from "../../../../lib/mcp/tools/job_wait.ts";

/** What a wait without a change says first. */
function firstLine(over: boolean, changes: string[] = []): string {
  const standing = {
    ...{ id: "run_1", kind: "run", goal: "Greet", reason: "", criteria: [], next: [] },
    ...{ state: over ? "passed" : "running", over },
  };
  return jobWaitTool.text({ ...standing, changes, cursor: 9, used: "nothing" }).split("\n")[0]!;
}

Deno.test("a run that is over is not waited for as if more came", () => {
  assertEquals(firstLine(false), "Nothing new yet");
  assertEquals(firstLine(true), "Nothing more will happen by itself");
  assertEquals(firstLine(true, ["Run: passed"]), "Run: passed");
});
