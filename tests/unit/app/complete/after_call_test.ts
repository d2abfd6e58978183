import { assertEquals } from "@std/assert";
import { afterCall, type Tried } from "../../../../lib/app/complete/after_call.ts";
import type { Outcome } from "../../../../lib/kernel/outcome.ts";

function after(outcome: Partial<Outcome>, tried: Partial<Tried> = {}) {
  const next = afterCall({ reason: "failed", message: "It said so", ...outcome }, {
    tries: 1,
    waitedMs: 0,
    mostWaitMs: 120_000,
    leftMs: 600_000,
    ...tried,
  });
  return "failure" in next ? next.failure.code : next.waitSeconds;
}

Deno.test("a failure of a server is tried again twice, after 2 and 8 seconds", () => {
  const outcome = { code: "server_error", retryable: true } as const;
  assertEquals([1, 2, 3].map((tries) => after(outcome, { tries })), [2, 8, "server_error"]);
});

Deno.test("what would be the same again ends at once, with its code", () => {
  const codes = ["not_signed_in", "model_unknown", "content_refused", "context_too_long"] as const;
  for (const code of codes) assertEquals(after({ code, retryable: false }), code);
  assertEquals(after({ reason: "timed_out", code: "timed_out", retryable: true }), "timed_out");
  assertEquals(after({ code: "truncated_response", retryable: true }), "truncated_response");
  assertEquals(after({ code: "turn_limit", retryable: true }), "turn_limit");
  assertEquals(after({ reason: "cancelled", code: "cancelled" }), "cancelled");
  assertEquals(after({ reason: "not_started", code: "program_missing" }), "program_missing");
});

Deno.test("a limit whose end is named is waited for, within the bound of all such waits", () => {
  const outcome = { code: "rate_limited", retryable: true, retryAfterSeconds: 90 } as const;
  assertEquals(after(outcome), 90);
  assertEquals(after(outcome, { waitedMs: 31_000 }), "rate_limited");
  assertEquals(after(outcome, { mostWaitMs: 0 }), "rate_limited");
  assertEquals(after(outcome, { leftMs: 90_000 }), "rate_limited");
  assertEquals(after(outcome, { tries: 8 }), "rate_limited");
  assertEquals(after({ ...outcome, code: "quota_exhausted", retryable: false }), 90);
});

Deno.test("a wait that time does not allow is the end, and says when to come again", () => {
  const outcome = { reason: "failed", code: "rate_limited", retryAfterSeconds: 4000 } as const;
  const next = afterCall(outcome, { tries: 1, waitedMs: 0, mostWaitMs: 120_000, leftMs: 600_000 });
  assertEquals("failure" in next && [next.failure.retryable, next.failure.retryAfterSeconds], [
    true,
    4000,
  ]);
  assertEquals("failure" in next && /^Try again in 4000s, /.test(next.failure.hint ?? ""), true);
});
