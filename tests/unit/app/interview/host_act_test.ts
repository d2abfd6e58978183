import { assertEquals, assertThrows } from "@std/assert";
import { hostAct, type HostInput } from "../../../../lib/app/interview/host_act.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";

Deno.test("a call begins, looks, says or hands in", () => {
  for (
    const [input, act] of [
      [{ initialContext: "An idea" }, "start"],
      [{}, "resume"],
      [{ interviewId: "i" }, "resume"],
      [{ interviewId: "i", finish: false }, "resume"],
      [{ interviewId: "i", answers: [{ question: "q1", skip: true }] }, "say"],
      [{ interviewId: "i", answers: [{ question: "q1", skip: true }], remark: "More" }, "say"],
      [{ interviewId: "i", answer: "Both" }, "say"],
      [{ answer: "Both" }, "say"],
      [{ interviewId: "i", remark: "Only on Sundays" }, "say"],
      [{ interviewId: "i", approve: 1 }, "say"],
      [{ interviewId: "i", reject: ["a1"], remark: "Dates are local" }, "say"],
      [{ interviewId: "i", finish: true }, "say"],
      [{ interviewId: "i", thought: 1, draft: {} }, "draft"],
    ] satisfies [HostInput, string][]
  ) assertEquals(hostAct(input).act, act, JSON.stringify(input));
});

Deno.test("any other mix is refused, with all that there is", () => {
  const said = { interviewId: "i", answer: "Both" };
  for (
    const input of [
      { initialContext: "An idea", interviewId: "i" },
      { initialContext: "An idea", answer: "Both" },
      { initialContext: "An idea", thought: 1, draft: {} },
      { answer: "Both", remark: "More" },
      { answers: [{ question: "q1", skip: true }] },
      { answer: "Both", thought: 1, draft: {} },
      { thought: 1, draft: {} },
      { ...said, thought: 1, draft: {} },
      { interviewId: "i", answers: [1, 2].map((one) => ({ question: "q1", choices: [one] })) },
      { interviewId: "i", thought: 1 },
      { interviewId: "i", draft: {} },
      { ...said, approve: 1 },
      { ...said, finish: true },
      { ...said, answers: [{ question: "q1", skip: true }] },
      { interviewId: "i", approve: 1, remark: "But not today" },
      { interviewId: "i", approve: 1, reject: ["a1"] },
      { interviewId: "i", answer: "  " },
    ] satisfies HostInput[]
  ) {
    const error = assertThrows(() => hostAct(input), OuroborosError);
    assertEquals([error.code, error.hint?.startsWith("Give initial_context")], ["usage", true]);
  }
});
