import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Receipt } from "../../../../lib/app/run_receipts.ts";
import { cell, code, receiptsJunit } from "../../../../lib/cli/render/receipt_formats.ts";

Deno.test("a command stays one piece of code, whatever marks are in it", () => {
  assertEquals(code("npm test"), "`npm test`");
  assertEquals(code("a | b\nc"), "`a \\| b c`");
  assertEquals(code("echo `date`"), "`` echo `date` ``");
});

Deno.test("text of others is one line without markup", () => {
  assertEquals(cell("a\n# b *c* [d](e)"), "a \\# b \\*c\\* \\[d\\](e)");
});

Deno.test("JUnit: what a person accepted is no test that passed, and says who took it and why", () => {
  const receipt = {
    replayable: {
      criterion: { id: "look", description: "Looks well" },
      checks: [{ kind: "human", hidden: false, command: "Look", base: null, work: null }],
      decision: { state: "accepted", reason: "Accepted" },
    },
    claimed: {
      accepted: { by: "ann", reason: "I looked", at: "2026-01-01T00:00:00Z", tree: null },
    },
  } as unknown as Receipt;
  const text = receiptsJunit({ runId: "run_x", receipts: [{ digest: "d", receipt }] });
  assertStringIncludes(text, '<skipped message="Accepted by ann, not by a check: I looked">');
  assertStringIncludes(text, 'tests="2" failures="0" errors="0" skipped="2"');
  assert(!text.includes("time="), "no receipt knows how long a check took");
});
