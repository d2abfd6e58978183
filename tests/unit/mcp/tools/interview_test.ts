import { assertEquals } from "@std/assert";
import { interviewTool } from "../../../../lib/mcp/tools/interview.ts";

Deno.test("reviews, thoughts and choices are counted in whole numbers", () => {
  const takes = (input: Record<string, unknown>) => interviewTool.input.safeParse(input).success;
  for (const [number, whole] of [[1, true], [1.5, false]] as const) {
    assertEquals(takes({ approve: number }), whole);
    assertEquals(takes({ thought: number }), whole);
    assertEquals(takes({ answers: [{ question: "q1", choices: [number] }] }), whole);
  }
});
