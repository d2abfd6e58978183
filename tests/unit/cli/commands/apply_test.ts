import { assertEquals } from "@std/assert";
import { applyText } from "../../../../lib/cli/commands/apply.ts";

Deno.test("an apply says which of its work nothing proved, with why", () => {
  const text = applyText({
    runId: "run_x",
    paths: [{ path: "a.sh", kind: "added" }],
    dryRun: false,
    where: "worktree",
    links: [],
    unproved: [{ criterion: "help", state: "unverified", reason: "Check 1 timed out" }],
    undoHint: "ouroboros undo run_x",
  });
  assertEquals(
    text,
    "  A a.sh\n" +
      "Note: with it comes work that nothing proved: criterion help (unverified): Check 1 timed out\n" +
      "Changed 1 file; to take it back: ouroboros undo run_x\n",
  );
});
