import { assert, assertEquals } from "@std/assert";
import { viewScore } from "../../../../lib/engine/interview/score_view.ts";
import { InterviewStory, TESTED } from "./interview_story.ts";

Deno.test("before it is scored there is a floor and no number", () => {
  const view = viewScore(new InterviewStory().screen({ verification: TESTED }).state);
  assertEquals([view.score, view.floor, view.ready], [null, 0.21, false]);
  assertEquals([view.milestone, view.nextMilestone?.name], [null, "initial"]);
  assertEquals(view.bar.filled, 0);
  assertEquals(view.dimensions.map((one) => [one.key, one.clarity]), [
    ["goal", null],
    ["constraint", null],
    ["successCriteria", null],
  ]);
});

Deno.test("the bar is filled as far as the score allows, and the milestones stand on it", () => {
  const story = new InterviewStory().screen({ questions: ["verification: Proof?"] });
  story.answer({ question: "q1", choices: [1] }).score(0.75);
  const view = viewScore(story.state);
  assertEquals([view.score, view.milestone, view.nextMilestone?.name], [0.25, "refined", "ready"]);
  assertEquals(view.bar.filled, 0.75);
  assertEquals(view.bar.marks.map((one) => one.at), [0, 0.6, 0.7, 0.8]);
  assert(!view.ready);
  assertEquals(view.streak, { now: 0, stable: 2 });
});

Deno.test("it is ready when the score, the floors and what is open allow it, and stale after a word", () => {
  const story = new InterviewStory().screen({ questions: ["verification: Proof?"] });
  story.answer({ question: "q1", choices: [1] }).score(0.9).score(0.95);
  assertEquals([viewScore(story.state).ready, viewScore(story.state).streak.now], [true, 2]);
  story.answer({ question: "q1", choices: [2] });
  assertEquals([viewScore(story.state).stale, viewScore(story.state).ready], [true, false]);
  story.score(1, { success_criteria_clarity_score: 0.6 });
  const low = viewScore(story.state);
  assertEquals([low.score, low.ready, low.streak.now], [0.12, false, 0]);
  assertEquals(low.belowFloors, ["Success Criteria Clarity 0.60 < 0.70"]);
});

Deno.test("in a project that exists already the context is told", () => {
  const facts = { brownfield: true, facts: [] };
  const { dimensions } = viewScore(new InterviewStory({ facts }).screen({}).score(0.9).state);
  assertEquals(dimensions.at(-1), {
    key: "context",
    label: "Context Clarity",
    clarity: 0.9,
    weight: 0.15,
    floor: 0.6,
    justification: "The files are named",
  });
});
