import { assert, assertEquals } from "@std/assert";
import type { FailureRule } from "../../../../lib/runtimes/definition.ts";
import {
  exitInWords,
  failedOutcome,
  findFailure,
  gaveUpOutcome,
  stoppedOutcome,
} from "../../../../lib/runtimes/_parts/failure.ts";

const RULES: FailureRule[] = [
  { match: /no (\w+) here/, code: "not_configured", retryable: false, hint: "Bring a $1" },
  { match: /here/, code: "server_error", retryable: true, hint: "Wait" },
  { match: /slow down/, code: "rate_limited", retryable: true, hint: "Wait" },
  {
    match: /forbidden/,
    code: "permission_refused",
    retryable: false,
    hint: "Ask",
    reason: "refused",
  },
];
/** What no rule knows, in a process of which no time of its end is known. */
const REST = {
  fallback: { code: "agent_failed" as const, retryable: true },
  endedAtMs: undefined,
};

Deno.test("failure: the first rule that matches wins, and its hint is filled in", () => {
  assertEquals(findFailure("there is no $& here", RULES)?.code, "server_error");
  const found = findFailure("\x1b[31mno \x1b[1mkey here", RULES);
  assertEquals([found?.code, found?.hint], ["not_configured", "Bring a key"]);
  assertEquals(findFailure("", RULES), undefined);
});

Deno.test("failure: text that no rule knows has the fallback's code, and keeps its parts", () => {
  assertEquals(
    failedOutcome("odd\nthing", { rules: RULES, ...REST, parts: { sessionId: "s" } }),
    {
      reason: "failed",
      code: "agent_failed",
      message: "odd thing",
      retryable: true,
      sessionId: "s",
    },
  );
  assert(failedOutcome("", { rules: RULES, ...REST, parts: {} }).message);
});

Deno.test("failure: a reset time is told for limits alone", () => {
  const outcome = (text: string) => failedOutcome(text, { rules: RULES, ...REST, parts: {} });
  assertEquals(outcome("slow down, try again in 2m").retryAfterSeconds, 120);
  assertEquals(outcome("down here, try again in 2m").retryAfterSeconds, undefined);
});

Deno.test("failure: a rule may say refused, and look at more than is shown", () => {
  const outcome = failedOutcome("Sorry", {
    rules: RULES,
    ...REST,
    parts: {},
    evidence: "forbidden: Sorry",
  });
  assertEquals([outcome.reason, outcome.message], ["refused", "Sorry"]);
});

Deno.test("failure: what we did ourselves is told by its limit and last words", () => {
  const exit = { code: null, signal: "SIGKILL", stderrTail: "" };
  const stopped = (
    reason: "timed_out" | "failed" | "cancelled" | "not_started",
    limit?: "output" | "idle",
  ) =>
    stoppedOutcome({ ...exit, reason, ...(limit ? { limit } : {}) }, {
      title: "It",
      parts: {},
      seen: "asking again",
    });
  assertEquals(stopped("timed_out", "idle"), {
    reason: "timed_out",
    code: "timed_out",
    message: 'Stopped It: limit "idle" reached; it last said: asking again',
    retryable: true,
    limit: "idle",
  });
  const flooded = stopped("failed", "output");
  assertEquals([flooded?.reason, flooded?.code, flooded?.retryable], [
    "failed",
    "output_limit",
    false,
  ]);
  assertEquals(stopped("cancelled")?.code, "cancelled");
  assertEquals(stopped("not_started")?.message, "Could not start It");
  assertEquals(
    stoppedOutcome({ ...exit, reason: "failed" }, { title: "It", parts: {} }),
    undefined,
  );
});

Deno.test("failure: what a decoder gave up keeps its own code", () => {
  const outcome = gaveUpOutcome({ code: "not_configured", text: "no key here" }, {
    rules: RULES,
    parts: {},
  });
  assertEquals(outcome, {
    reason: "failed",
    code: "not_configured",
    message: "no key here",
    hint: "Bring a ",
    retryable: false,
  });
});

Deno.test("failure: an exit in words", () => {
  const exit = { reason: "failed" as const, stderrTail: "" };
  assertEquals(exitInWords({ ...exit, code: null, signal: "SIGTERM" }), "ended by SIGTERM");
  assertEquals(exitInWords({ ...exit, code: 3, signal: null }), "ended with exit code 3");
});

Deno.test("failure: a key that a server quotes is not repeated", () => {
  const outcome = failedOutcome("Incorrect API key: sk-abcdefghijklmnop", {
    rules: RULES,
    ...REST,
    parts: {},
  });
  assert(!outcome.message?.includes("abcdefghijklmnop"), outcome.message);
});
