import { assertEquals } from "@std/assert";
import { endedByCircumstances, isTry } from "../../../../lib/engine/run/attempt_kind.ts";
import { circumstance, Story, type StoryAttempt } from "../../../helpers/run_story.ts";

function kindOf(parts: StoryAttempt): [boolean, boolean] {
  const attempt = new Story([{ id: "a" }]).attempt("a", parts).state.criteria[0]!.attempts[0]!;
  return [endedByCircumstances(attempt), isTry(attempt)];
}

Deno.test("what an agent did, or failed to do, is a try", () => {
  assertEquals(kindOf({}), [false, true]);
  const ends = [
    { reason: "failed", code: "agent_failed" },
    { reason: "timed_out", code: "timed_out" },
    { reason: "refused", code: "permission_refused" },
    { reason: "failed", code: "context_too_long" },
    { reason: "failed" },
  ] as const;
  for (const outcome of ends) assertEquals(kindOf({ outcome }), [false, true], outcome.reason);
});

Deno.test("circumstances are no try, whether or not files were changed", () => {
  for (const code of ["rate_limited", "server_error", "not_signed_in", "stream_cut"] as const) {
    assertEquals(kindOf(circumstance(code)), [true, false], code);
    assertEquals(kindOf({ ...circumstance(code), changed: 3 }), [true, false], code);
  }
  assertEquals(kindOf({ outcome: { reason: "cancelled" } }), [true, false]);
});

Deno.test("circumstances after work that is enough are a try: it has to end somewhere", () => {
  const done = { ...circumstance("stream_cut"), changed: 1, decision: "passed" as const };
  assertEquals(kindOf(done), [true, true]);
});

Deno.test("an attempt that still goes on is neither", () => {
  const story = new Story([{ id: "a" }]);
  story.begin("a");
  const attempt = story.state.criteria[0]!.attempts[0]!;
  assertEquals([endedByCircumstances(attempt), isTry(attempt)], [false, false]);
});
