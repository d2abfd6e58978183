import { assertEquals } from "@std/assert";
import { triesAgain, whySilent } from "../../../../lib/app/complete/why_silent.ts";
import type { Outcome } from "../../../../lib/kernel/outcome.ts";

const DEFINITION = {
  title: "Ant",
  failures: [
    { match: /429/, code: "rate_limited", retryable: true, hint: "Wait a little" },
    { match: /50\d/, code: "server_error", retryable: true, hint: "Later" },
  ],
} as const;
const STOPPED: Outcome = {
  ...{ reason: "timed_out", code: "timed_out", limit: "idle" },
  ...{ message: 'Stopped Ant: limit "idle" reached', retryable: true },
};

Deno.test("a call that was silent while it waited for its provider's limit is told as that limit", () => {
  const { reason, code, message, hint } = whySilent(
    STOPPED,
    "Reconnecting... 1/5 (unexpected status 429)",
    DEFINITION,
  );
  assertEquals([reason, code, hint], ["timed_out", "rate_limited", "Wait a little"]);
  assertEquals(
    message,
    "Ant waited for its provider, which said: Reconnecting... 1/5 (unexpected status 429)",
  );
});

Deno.test("any other end stays what it was", () => {
  assertEquals(whySilent(STOPPED, undefined, DEFINITION), STOPPED);
  assertEquals(whySilent(STOPPED, "Reconnecting... (502)", DEFINITION), STOPPED);
  const failed = { ...STOPPED, reason: "failed" } as const;
  assertEquals(whySilent(failed, "429", DEFINITION), failed);
});

Deno.test("a CLI that tries again by itself says so in its own words", () => {
  assertEquals(triesAgain("Reconnecting... 1/5 (429 Too Many Requests)"), true);
  assertEquals(triesAgain("waiting for network"), true);
  assertEquals(triesAgain("a patch did not apply"), false);
});
