import { assertEquals } from "@std/assert";
import { questionNumber } from "../../../../lib/app/interview/think_step.ts";
import type { ThoughtState } from "../../../../lib/engine/interview/state.ts";

function thought(kind: ThoughtState["kind"], code?: "cancelled" | "answer_invalid"): ThoughtState {
  const failed = { reason: "r", problems: [], retryable: true, retryAfterSeconds: null };
  return {
    ...{ number: 1, kind, basis: "", request: "", by: { kind: "runtime", name: "a" } },
    ...{ answer: null, used: false, failure: code === undefined ? null : { code, ...failed } },
  };
}

Deno.test("a question that was cut off is asked again as the same one: a recording answers it once", () => {
  const number = (...thoughts: ThoughtState[]) =>
    questionNumber({ thoughts } as unknown as Parameters<typeof questionNumber>[0], "screen");
  assertEquals(number(thought("screen")), 1);
  assertEquals(number(thought("screen", "cancelled"), thought("screen")), 1);
  assertEquals(number(thought("screen"), thought("score"), thought("screen", "cancelled")), 1);
  // What failed by itself is another one: what was answered then is not the answer now.
  assertEquals(number(thought("screen", "answer_invalid"), thought("screen")), 2);
});
