import { assertEquals } from "@std/assert";
import { typedHint } from "../../../lib/mcp/typed_hint.ts";

Deno.test("what a model is to call is said as what a person types", () => {
  for (
    const [hint, told] of [
      ['ouroboros_job_wait with job_id "run_1"', "ouroboros watch run_1"],
      [
        "Begin one with initial_context, or name one by its session_id",
        'ouroboros ooo interview "IDEA"',
      ],
      [
        "Tell the user this, and after their yes call it again with confirm: true",
        "Type the same again with --confirm",
      ],
      ["ouroboros doctor", "ouroboros doctor"],
    ]
  ) assertEquals(typedHint(hint!), told);
});
