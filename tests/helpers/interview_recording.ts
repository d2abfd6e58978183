import { QUESTIONS } from "./interview_stories.ts";
import { scoreAnswer, screenAnswer } from "../unit/engine/interview/interview_story.ts";

/** A recording of a model that asks two questions and one more, scores, and writes a seed. */
export function interviewRecording(): string {
  const completion = (kind: string, number: number, answer: unknown) => ({
    kind: `interview.${kind}`,
    number,
    answer: JSON.stringify(answer),
    usage: { inputTokens: 100, outputTokens: 20 },
  });
  const screen = screenAnswer({
    goal: "Expired coupons are rejected at the checkout",
    verification: [{ text: "The tests pass", run: "sh test.sh" }],
    assumptions: [{ text: "Dates are in UTC", reason: "the shop stores them so" }],
    questions: QUESTIONS,
  });
  const seed = {
    goal: "Expired coupons are rejected",
    constraints: [],
    criteria: [{ description: "An expired coupon is rejected", run: "sh test.sh" }],
  };
  return JSON.stringify({
    schema: 1,
    title: "An interview",
    runtime: "smith",
    attempts: [],
    completions: [
      completion("screen", 1, screen),
      completion(
        "screen",
        2,
        screenAnswer({ verification: [{ text: "The tests pass", run: "sh test.sh" }] }),
      ),
      completion("score", 1, scoreAnswer(0.95)),
      completion("score", 2, scoreAnswer(0.95)),
      completion("seed", 1, seed),
    ],
  });
}
