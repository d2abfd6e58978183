import { assertEquals, assertRejects } from "@std/assert";
import type { App } from "../../../../lib/app/app.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { attemptTool } from "../../../../lib/mcp/tools/attempt.ts";
import type { ToolCall } from "../../../../lib/mcp/tool.ts";

Deno.test("which part of what is handed in is wrong is said, before anything is looked at", async () => {
  for (
    const [handed, message] of [
      [{ work: "greet", submit: "Done" }, `work "greet" is no name of a criterion's try`],
      [{ work: "greet#0", submit: "Done" }, `work "greet#0" is no name of a criterion's try`],
      [{ work: "greet#1", submit: " \n" }, "submit is missing or empty"],
      [{ work: "greet#1" }, "submit is missing or empty"],
      [{ submit: "Done" }, "work is missing"],
    ] as const
  ) {
    const error = await assertRejects(
      () => attemptTool.run({} as App, handed, {} as ToolCall),
      OuroborosError,
    );
    assertEquals([error.code, error.message], ["usage", `Hand in work: ${message}`]);
    assertEquals(error.hint?.startsWith("work as it was handed out, for example"), true);
  }
});
