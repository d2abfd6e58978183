import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  interviewReviewText,
  reviewedAssumptions,
} from "../../../../lib/cli/render/interview_review.ts";
import { reviewedStory, viewOf } from "../../../helpers/interview_stories.ts";

const STYLE = { color: false, columns: 80 };

Deno.test("a review names each assumption that a yes confirms, and what was left to us", () => {
  const view = viewOf(reviewedStory());
  const text = interviewReviewText(view, STYLE);
  assertStringIncludes(text, "What was understood\n  Goal      Expired coupons are rejected\n");
  assertStringIncludes(text, "A yes confirms these assumptions\n");
  assertStringIncludes(text, "  a2 Dates are in UTC\n      because the shop stores them so\n");
  assertStringIncludes(text, "  q2 (left to us) ");
  assert(text.indexOf("Dates are in UTC") < text.indexOf("Clarity"));
  assertEquals(reviewedAssumptions(view).map((one) => one.id), view.review?.assumptions);
});

Deno.test("a review shows each answer that was given, whole, under its question", () => {
  const story = reviewedStory().answer({ question: "q3", text: `${"word ".repeat(900)}END` });
  const text = interviewReviewText(viewOf(story), STYLE);
  assertStringIncludes(text, "What was answered\n  q1 Which coupons are meant?\n");
  assertStringIncludes(text, "\n      Those with a date\n");
  assertStringIncludes(text.replace(/\s+/g, " "), "word END ");
  assert(!text.slice(0, text.indexOf("What was understood")).includes("q2"), "left to us");
});

Deno.test("where nothing was assumed it says so", () => {
  const view = viewOf(reviewedStory());
  const text = interviewReviewText({ ...view, review: { review: 1, assumptions: [] } }, STYLE);
  assertStringIncludes(text, "Nothing was assumed\n");
});

Deno.test("an assumption of several lines stands beside its id", () => {
  const [one] = viewOf(reviewedStory()).assumptions;
  const view = viewOf(reviewedStory());
  const assumptions = [{ ...one!, id: "a1", text: "word ".repeat(30), reason: "" }];
  const text = interviewReviewText(
    { ...view, assumptions, review: { review: 1, assumptions: ["a1"] } },
    { color: false, columns: 60 },
  );
  assertStringIncludes(text, `\n  a1 word ${"word ".repeat(10).trim()}\n     word word `);
});

Deno.test("nothing of what a yes approves is cut, however long it is", () => {
  const view = viewOf(reviewedStory());
  const scope = Array.from({ length: 12 }, (_, at) => `part ${at} ${"of the shop ".repeat(20)}`);
  const draft = { ...view.draft!, goal: `${"coupons ".repeat(60)}END`, scope };
  const text = interviewReviewText({ ...view, draft }, STYLE);
  const words = text.replace(/\s+/g, " ");
  assertStringIncludes(words, `${"coupons ".repeat(60)}END`);
  for (const one of scope) assertStringIncludes(words, one.trim());
  assert(!text.includes("…") && !/and \d+ more/.test(text), text);
});
