import { assertEquals } from "@std/assert";
import { forceSeed } from "../../../../lib/engine/interview/decide.ts";
import { viewInterview } from "../../../../lib/engine/interview/view.ts";
import { InterviewStory, TESTED } from "./interview_story.ts";
import { playInterview, SEED_ANSWER } from "./play_interview.ts";

function asked(): InterviewStory {
  return new InterviewStory().screen({
    questions: ["scope: All?", { topic: "goal", text: "Why?" }],
    verification: TESTED,
  });
}

Deno.test("a screen shows what was understood, what is asked, and every way to answer", () => {
  const view = viewInterview(asked().state);
  assertEquals(view.draft?.goal, "Expired coupons are rejected");
  assertEquals(view.questions.map((one) => [one.id, one.accepts, one.skipped]), [
    ["q1", ["choice", "text", "delegate", "skip"], false],
    ["q2", ["text", "delegate", "skip"], false],
  ]);
  assertEquals(view.questions[0]!.choices[0], { text: "Yes", recommended: true });
  assertEquals(view.next, {
    phase: "asking",
    waits: true,
    line: "2 questions wait",
    may: ["answer", "remark", "finish", "force"],
  });
  assertEquals(
    view.openLine,
    "3 things are open: not answered: All?; not answered: Why?; " +
      "not confirmed: Verified by: The tests pass (`npm test`)",
  );
});

Deno.test("answers are told with who gave them; who left a screen sees the rest of it", () => {
  const story = asked().answer({ question: "q1", choices: [1], text: "for now" });
  const view = viewInterview(story.state);
  assertEquals(view.answers, [{
    id: "q1",
    topic: "scope",
    question: "All?",
    choices: [{ text: "Yes", recommended: true }, { text: "No", recommended: false }],
    many: false,
    answer: "Yes; for now",
    kind: "choice",
    by: "person",
  }]);
  assertEquals(view.questions.map((one) => one.id), ["q2"]);
});

Deno.test("when nothing more is to be asked, what was skipped can be answered", () => {
  const story = asked().answer({ question: "q1", skip: true }, { question: "q2", skip: true });
  const view = viewInterview(story.state);
  assertEquals([view.next.phase, view.step], ["choosing", "choose"]);
  assertEquals(view.questions.map((one) => [one.id, one.skipped]), [["q1", true], ["q2", true]]);
});

Deno.test("a question in other words says which one it stands for", () => {
  const questions = ["scope: Which coupons are listed?"];
  const story = new InterviewStory().screen({ questions, verification: TESTED });
  story.answer({ question: "q1", skip: true }).screen({
    questions: [{ topic: "scope", text: "Is every coupon listed?", replaces: "q1" }],
    verification: TESTED,
  });
  const [question] = viewInterview(story.state).questions;
  assertEquals([question!.insteadOf, question!.skipped], ["Which coupons are listed?", false]);
});

Deno.test("the review, a refusal, a pause, a force and the end are told", () => {
  const story = asked().answer({ question: "q1", text: "All" }, { question: "q2", text: "So" });
  story.score(1);
  const cast = { thinks: () => SEED_ANSWER, answers: () => undefined };
  playInterview(story, { ...cast, reviews: () => undefined });
  const review = viewInterview(story.state);
  assertEquals(review.review, { review: 1, assumptions: ["a1"] });
  assertEquals(review.next.line, "The review waits for a yes; it confirms 1 assumption");
  playInterview(story, cast);
  const frozen = viewInterview(story.state);
  assertEquals([frozen.next.phase, frozen.next.line], ["frozen", "The seed is seed.yaml"]);
  assertEquals(frozen.seed?.id, "seed_1");
  assertEquals([frozen.questions, frozen.calls], [[], 3]);

  const other = asked().add("finish.refused", { reasons: ["a", "b"], score: null });
  assertEquals(viewInterview(other.state).refused, ["a", "b"]);
  other.add("interview.paused", { code: "rate_limited", reason: "Come back", hint: null });
  assertEquals(viewInterview(other.state).next.line, "Come back");
  other.append(...forceSeed(other.state, { by: "person", reason: "" }));
  const forced = viewInterview(other.state);
  assertEquals([forced.forced?.score, forced.forced?.open.length], [1, 3]);
  assertEquals([forced.next.phase, forced.step], ["thinking", "think"]);
  other.add("interview.abandoned", { by: "person", reason: "No time" });
  assertEquals(viewInterview(other.state).next.line, "It was abandoned: No time");
});
