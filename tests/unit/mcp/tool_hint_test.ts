import { assertEquals } from "@std/assert";
import { toolHint } from "../../../lib/mcp/tool_hint.ts";

Deno.test("a command that a tool does as well is said as that call", () => {
  for (
    const [hint, told] of [
      ["ouroboros interview --resume i_1", 'ouroboros_interview with session_id "i_1"'],
      ["ouroboros run /a/seed.yaml", 'ouroboros_start_execute_seed with seed_path "/a/seed.yaml"'],
      ["ouroboros runs --all", "ouroboros_session_status without session_id"],
      [
        "ouroboros resume run_1, or: ouroboros cancel run_1",
        'ouroboros_start_execute_seed with session_id "run_1", or: ' +
        'ouroboros_cancel_execution with execution_id "run_1"',
      ],
      ["ouroboros resume run_1 --detach", 'ouroboros_start_execute_seed with session_id "run_1"'],
      [
        "ouroboros run SEED --detach --runtime somebody",
        'ouroboros_start_execute_seed with runtime "somebody"',
      ],
      ["--recording FILE", 'recording: "FILE"'],
      [
        "Leave out --runtime, or leave out --recording",
        "Leave out runtime, or leave out recording",
      ],
      [
        "Use --minutes, or a --runtime that reports it: ouroboros runtimes",
        "Use minutes, or a runtime that reports it: ouroboros_doctor",
      ],
      [
        "Use --max-tokens, or a --runtime that reports it: ouroboros runtimes",
        "Use minutes, or a runtime that reports it: ouroboros_doctor",
      ],
      [
        "Choose another model with --model, or ask for less",
        "Choose another model (argument model), or ask for less",
      ],
      ["Did you mean seed_1?", "Did you mean seed_1?"],
    ]
  ) assertEquals(toolHint(hint!), told);
});

Deno.test("a command that no tool does is the user's to type", () => {
  assertEquals(
    toolHint("ouroboros resume run_1 --take-over"),
    "The user types: ouroboros resume run_1 --take-over",
  );
  assertEquals(toolHint("ouroboros apply run_1"), "The user types: ouroboros apply run_1");
});
