import { QUESTIONS } from "./interview_stories.ts";
import { scoreAnswer, screenAnswer } from "../unit/engine/interview/interview_story.ts";

/**
 * A recording of a model that asks two questions and one more, scores, and writes a seed. `wordy`:
 * every text of it is followed by that one.
 */
export function interviewRecording({ wordy = "" }: { wordy?: string } = {}): string {
  const more = (text: string) => `${text}${wordy}`;
  const completion = (kind: string, number: number, answer: unknown) => ({
    kind: `interview.${kind}`,
    number,
    answer: JSON.stringify(answer),
    usage: { inputTokens: 100, outputTokens: 20 },
  });
  const screen = screenAnswer({
    goal: more("Expired coupons are rejected at the checkout"),
    verification: [{ text: "The tests pass", run: "sh test.sh" }],
    assumptions: [{ text: more("Dates are in UTC"), reason: more("the shop stores them so") }],
    questions: QUESTIONS.map((one) => ({
      ...one,
      ...{ text: more(one.text), why: more(one.why) },
      choices: one.choices.map((choice) => ({ ...choice, text: more(choice.text) })),
    })),
  });
  const seed = {
    goal: more("Expired coupons are rejected"),
    constraints: wordy === "" ? [] : [wordy],
    criteria: [{ description: more("An expired coupon is rejected"), run: "sh test.sh" }],
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
