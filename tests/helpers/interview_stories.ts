import type { SeedDraft } from "../../lib/app/interview/interview_hooks.ts";
import type { InterviewEventData } from "../../lib/engine/interview/events.ts";
import { type InterviewView, viewInterview } from "../../lib/engine/interview/view.ts";
import { InterviewStory, TESTED } from "../unit/engine/interview/interview_story.ts";

/** What a made-up interview knows of its project. */
const FACTS: InterviewEventData["facts.found"] = {
  brownfield: false,
  facts: [
    { id: "language", topic: "language", text: "TypeScript (40 files)", source: "main.ts" },
    { id: "test", topic: "test_command", text: "npm test", source: "package.json" },
    { id: "said", topic: "other", text: "The shop is closed on Sundays", source: null },
  ],
};

/** One question of two choices, one of which several may hold, one without a choice. */
export const QUESTIONS = [
  {
    topic: "scope",
    text: "Which coupons are meant?",
    why: "Vouchers have no date",
    choices: [
      { text: "All of them", recommended: false },
      { text: "Those with a date", recommended: true },
    ],
  },
  {
    topic: "outputs",
    text: "Where is it said?",
    why: "Each place needs words",
    many: true,
    choices: [
      { text: "On the page", recommended: true },
      { text: "In the log", recommended: false },
      { text: "In a mail", recommended: false },
    ],
  },
  { topic: "constraints", text: "What must stay as it is?", why: "Others use it", choices: [] },
] as const;

/** Three questions wait: one of two choices, one of which several may hold, one without a choice. */
export function askedStory(): InterviewStory {
  return new InterviewStory({ facts: FACTS }).screen({
    verification: TESTED,
    assumptions: [{ text: "Dates are in UTC", reason: "the shop stores them so" }],
    questions: QUESTIONS,
  });
}

/** All is answered, one answer was left to us, and the review waits for a yes. */
export function reviewedStory(): InterviewStory {
  const story = askedStory().answer(
    { question: "q1", choices: [2] },
    { question: "q2", delegate: true },
    { question: "q3", text: "The API" },
  ).score(0.95);
  const assumptions = story.state.assumptions.filter((one) => one.state === "open")
    .map(({ id, text, reason, delegated }) => ({ id, text, reason, delegated }));
  const basis = story.state.score!.basis;
  return story.add("review.shown", { review: 1, basis, assumptions, score: 0.23 });
}

/** A seed whose checks ran and decide, before it is frozen. */
export const DRAFT: SeedDraft = {
  text: "goal: It works\n",
  plan: null,
  problem: null,
  remarks: [],
  problems: [],
  decides: true,
};

/** A story as people and programs are told it. */
export function viewOf(story: InterviewStory): InterviewView {
  return viewInterview(story.state);
}
