import { assertEquals, assertRejects } from "@std/assert";
import type { App } from "../../../../lib/app/app.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import type { ToolCall } from "../../../../lib/mcp/tool.ts";
import { interviewTool } from "../../../../lib/mcp/tools/interview.ts";

Deno.test("reviews, thoughts and choices are counted in whole numbers", () => {
  const takes = (input: Record<string, unknown>) => interviewTool.input.safeParse(input).success;
  for (const [number, whole] of [[1, true], [1.5, false]] as const) {
    assertEquals(takes({ approve: number }), whole);
    assertEquals(takes({ thought: number }), whole);
    assertEquals(takes({ answers: [{ question: "q1", choices: [number] }] }), whole);
  }
});

Deno.test("an agent that thinks is paid: each of its calls wants the user's yes, before anything is looked up", async () => {
  const run = (input: Record<string, unknown>) =>
    interviewTool.run({} as App, interviewTool.input.parse(input), {} as ToolCall);
  for (const confirm of [{}, { confirm: false }]) {
    const error = await assertRejects(
      () => Promise.resolve(run({ initial_context: "X", think: "runtime", ...confirm })),
      OuroborosError,
      "the user has to say yes first",
    );
    assertEquals(error.code, "needs_input");
  }
});
