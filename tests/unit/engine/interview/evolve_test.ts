import { assertEquals } from "@std/assert";
import type { InterviewEvent } from "../../../../lib/engine/interview/events.ts";
import { evolve, foldInterview } from "../../../../lib/engine/interview/evolve.ts";
import { InterviewStory, TESTED } from "./interview_story.ts";

Deno.test("without its first event there is no interview", () => {
  const story = new InterviewStory().screen();
  assertEquals(foldInterview(story.events.slice(1)), undefined);
});

Deno.test("folding all at once and one by one is the same", () => {
  const { events } = new InterviewStory().screen({ questions: ["scope: All?"] }).score(0.5);
  const state = foldInterview(events.slice(0, 1))!;
  for (const event of events.slice(1)) evolve(state, event);
  assertEquals(state, foldInterview(events));
});

Deno.test("events of a newer version are passed over, but for their place", () => {
  const story = new InterviewStory().screen();
  const before = story.state;
  const event = { ...story.events[0]!, type: "interview.sung", version: 99, at: "later" };
  const after = foldInterview([...story.events, event as unknown as InterviewEvent])!;
  assertEquals(after, { ...before, version: 99, updatedAt: "later" });
});

Deno.test("the streak counts scores in a row that were good enough with nothing open", () => {
  const story = new InterviewStory().screen({ questions: ["verification: Proof?"] });
  const streaks = [story.score(1).state.streak];
  story.answer({ question: "q1", choices: [1] });
  for (const clarity of [1, 0.9, 0.5, 0.9]) streaks.push(story.score(clarity).state.streak);
  assertEquals(streaks, [0, 1, 2, 0, 1]);
});

Deno.test("assumptions do not break the streak: the review is for them", () => {
  const story = new InterviewStory().screen({ verification: TESTED }).score(1);
  assertEquals(story.state.streak, 1);
});

Deno.test("a score that others took begins no streak", () => {
  const story = new InterviewStory().screen({ verification: TESTED }).score(1).score(1);
  const scored = story.events.at(-1)!;
  if (scored.type !== "clarity.scored") throw new Error(scored.type);
  story.add("clarity.scored", { ...scored.data, thought: null });
  assertEquals([story.state.score?.ready, story.state.streak], [true, 0]);
});

Deno.test("what calls used is added up, failed ones included", () => {
  const story = new InterviewStory().screen().think("score", "prose");
  assertEquals(story.state.usage, { inputTokens: 20 });
  assertEquals(story.state.failures, 1);
  assertEquals(story.score(1).state.failures, 0);
});

Deno.test("a draft that an import does not know leaves the last one", () => {
  const story = new InterviewStory().screen({ goal: "Mine" });
  story.add("screen.proposed", {
    screen: 2,
    thought: null,
    draft: null,
    questions: [],
    contradictions: [],
    assumptions: [],
  });
  assertEquals([story.state.draft?.goal, story.state.screens, story.state.drawn], ["Mine", 2, 1]);
});
