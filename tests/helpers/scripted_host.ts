import { scoreAnswer, screenAnswer } from "../unit/engine/interview/interview_story.ts";

const VERIFIED = [{ text: "The tests pass", run: "sh test.sh" }];

/** What the model of a scripted host makes of a thought, by its kind and how often it was asked. */
export function hostDraft(kind: string, time: number): Record<string, unknown> {
  switch (kind) {
    case "screen":
      return time === 1
        ? screenAnswer({
          goal: "Expired coupons are rejected at the checkout",
          verification: VERIFIED,
          assumptions: [{ text: "Dates are in UTC", reason: "the shop stores them so" }],
          questions: ["scope: Which coupons?", "outputs: What does the customer see?"],
        })
        : screenAnswer({ verification: VERIFIED });
    case "score":
      return scoreAnswer(0.95);
    default:
      return {
        goal: "Expired coupons are rejected",
        constraints: [],
        criteria: [{ description: "An expired coupon is rejected", run: "sh test.sh" }],
      };
  }
}

/** Files of the project that {@link hostDraft} is about: its check fails until the work is done. */
export const HOST_PROJECT = {
  "test.sh": "grep -q expired shop.txt\n",
  "shop.txt": "open\n",
};
