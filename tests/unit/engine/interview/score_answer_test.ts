import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { parseScore, scoreSchema } from "../../../../lib/engine/interview/score_answer.ts";
import { scoreAnswer } from "./interview_story.ts";

/** Answers of scorers that must neither crash nor pass, and what is said of them. */
const BAD: readonly [string, unknown, string][] = [
  ["nothing", undefined, "is empty"],
  ["an empty text", "  ", "is empty"],
  ["prose", "I would say it is very clear indeed.", "no JSON object"],
  ["a refusal", "I cannot help with that.", "no JSON object"],
  ["a cut stream", JSON.stringify(scoreAnswer(1)).slice(0, -40), "not JSON"],
  ["a list", "[1, 2, 3]", "no JSON object"],
  ["a list as a value", [scoreAnswer(1)], "must be a mapping"],
  ["a number", 1, "must be a mapping"],
  ["a missing score", scoreAnswer(1, { goal_clarity_score: undefined }), "is missing"],
  ["NaN", scoreAnswer(NaN), "must be a number"],
  ["infinity", scoreAnswer(Infinity), "must be a number"],
  ["null", scoreAnswer(1, { goal_clarity_score: null }), "must be a number"],
  ["a text", scoreAnswer(1, { goal_clarity_score: "0.95" }), "must be a number, is text"],
  ["percent", scoreAnswer(95), "must be at most 1"],
  ["a little too much", scoreAnswer(1.0001), "must be at most 1"],
  ["less than nothing", scoreAnswer(-0.1), "must be at least 0"],
  ["NaN in text", '{"goal_clarity_score": NaN}', "not JSON"],
  ["200 kB of text", `{"x": "${"x".repeat(200_000)}"}`, "100000 is the most"],
  ["200 kB as a value", scoreAnswer(1, { more: "x".repeat(200_000) }), "100000 is the most"],
  [
    "a reason of 50 kB",
    scoreAnswer(1, { goal_clarity_justification: "x".repeat(50_000) }),
    "at most 4,000 characters",
  ],
  ["a big integer", { goal_clarity_score: 1n }, "not JSON"],
  ["a nest", "[".repeat(90_000), "no JSON object"],
  ["a nest of objects", '{"a":'.repeat(15_000), "not JSON"],
];

for (const [name, answer, problem] of BAD) {
  Deno.test(`a scorer that answers with ${name} gives a problem, no score`, () => {
    const parsed = parseScore(answer, true);
    assertEquals(parsed.value, null);
    assertStringIncludes(parsed.problems!.join("\n"), problem);
  });
}

Deno.test("a circle gives a problem", () => {
  const circle: Record<string, unknown> = scoreAnswer(1);
  circle.self = circle;
  assertEquals(parseScore(circle, false).value, null);
});

Deno.test("no value of any kind crashes the parser, and what passes is in range", () => {
  fc.assert(fc.property(fc.anything({ withBigInt: true, withDate: true }), (value) => {
    const { value: read, problems } = parseScore(value, true);
    assert((read === null) !== (problems === null));
  }));
  const number = fc.oneof(fc.double(), fc.constantFrom(0, 1, -0, 2, NaN), fc.string());
  fc.assert(fc.property(number, number, (goal, context) => {
    const answer = scoreAnswer(0.5, { goal_clarity_score: goal, context_clarity_score: context });
    const { value } = parseScore(answer, true);
    const fits = [goal, context].every((one) => typeof one === "number" && one >= 0 && one <= 1);
    assertEquals(value !== null, fits);
  }));
});

Deno.test("scores are read out of prose and fences, with reasons or without", () => {
  const json = JSON.stringify({
    goal_clarity_score: 0.9,
    constraint_clarity_score: 0.8,
    success_criteria_clarity_score: 1,
  });
  for (
    const text of [json, `Sure!\n\`\`\`json\n${json}\n\`\`\`\nDone.`, `Here: ${json} as asked`]
  ) {
    const { value } = parseScore(text, false);
    assertEquals(value?.scores.goal, { clarity: 0.9, justification: "No reason was given" });
    assertEquals(value?.scores.context, null);
  }
});

Deno.test("the context counts only where there is a project already", () => {
  assertEquals(parseScore(scoreAnswer(1), false).value?.scores.context, null);
  assertEquals(parseScore(scoreAnswer(1), true).value?.scores.context?.clarity, 1);
});

Deno.test("the schema names the original's keys", () => {
  const { required } = scoreSchema() as { required: string[] };
  for (const key of ["goal_clarity_score", "context_clarity_justification"]) {
    assert(required.includes(key));
  }
});
