import {
  approveReview,
  declineReview,
  freezeSeed,
} from "../../../../lib/engine/interview/decide.ts";
import type { ThoughtKind } from "../../../../lib/engine/interview/events.ts";
import { giveAnswers, type GivenAnswer } from "../../../../lib/engine/interview/give_answers.ts";
import { interviewEvent } from "../../../../lib/engine/interview/events.ts";
import { nextStep } from "../../../../lib/engine/interview/next_step.ts";
import { readThought } from "../../../../lib/engine/interview/read_thought.ts";
import type { InterviewState, QuestionState } from "../../../../lib/engine/interview/state.ts";
import type { InterviewStep } from "../../../../lib/engine/interview/step.ts";
import type { InterviewStory } from "./interview_story.ts";

/** Who thinks and who answers in a played interview. */
export interface Cast {
  /** A model: what it answers, text or value. */
  thinks(kind: ThoughtKind, state: InterviewState): unknown;
  /** A person; undefined: leaves the screen as it is. */
  answers(questions: readonly QuestionState[], state: InterviewState): GivenAnswer[] | undefined;
  /** Default: says yes. Undefined: leaves. */
  reviews?(state: InterviewState):
    | "yes"
    | { rejected: string[]; remark: string }
    | undefined;
  /** Whether the answer of a call whose worker died was kept; default: it was not. */
  spooled?(thought: number): boolean;
}

/** Steps after which a played interview is taken for one that never ends. */
const MOST_STEPS = 400;

/**
 * Plays an interview until a person has to do what the cast does not, or until the story's budget
 * is used up (`Killed`). Gives the steps that were done, and the last one, which was not.
 */
export function playInterview(story: InterviewStory, cast: Cast): InterviewStep[] {
  const steps: InterviewStep[] = [];
  for (let count = 0; count < MOST_STEPS; count++) {
    const step = nextStep(story.state);
    steps.push(step);
    if (!doStep(story, cast, step)) return steps;
  }
  throw new Error(`It does not end: ${JSON.stringify(steps.slice(-5))}`);
}

/** Does one step; false: it waits, or is over. */
function doStep(story: InterviewStory, cast: Cast, step: InterviewStep): boolean {
  const { state } = story;
  switch (step.do) {
    case "look":
      story.add("facts.found", { brownfield: false, facts: [] });
      return true;
    case "think":
      story.add("thought.asked", {
        thought: step.thought,
        kind: step.kind,
        basis: step.basis,
        request: "r",
        by: { kind: "runtime", name: "smith 1.0.0" },
      });
      receive(story, cast, step);
      return true;
    case "recover":
      if (cast.spooled?.(step.thought)) receive(story, cast, step);
      else {
        story.add("thought.failed", {
          thought: step.thought,
          code: "cancelled",
          reason: "The worker is gone",
          problems: [],
          retryable: true,
          retryAfterSeconds: null,
          usage: {},
        });
      }
      return true;
    case "read":
      read(story, step.thought);
      return true;
    case "ask": {
      const questions = state.questions.filter((one) => step.questions.includes(one.id));
      const given = cast.answers(questions, state);
      if (!given) return false;
      story.append(...giveAnswers(state, given, { by: "person" }));
      return true;
    }
    case "answer":
      story.add("answers.given", { answers: step.answers, remark: "", by: "auto" });
      return true;
    case "refuse":
      story.add("finish.refused", { reasons: step.reasons, score: step.score });
      return true;
    case "review": {
      const { do: _, ...shown } = step;
      story.add("review.shown", shown);
      return true;
    }
    case "confirm": {
      const word = cast.reviews ? cast.reviews(state) : "yes";
      if (!word) return false;
      story.append(
        ...(word === "yes"
          ? approveReview(state, step.review, "person")
          : declineReview(state, step.review, { ...word, by: "person" })),
      );
      return true;
    }
    case "approve":
      story.append(...approveReview(state, step.review, "auto"));
      return true;
    case "freeze":
      story.append(
        ...freezeSeed(state, { seedId: "seed_1", digest: "d", blob: "b", path: "seed.yaml" }),
      );
      return true;
    case "pause": {
      const { do: _, ...paused } = step;
      story.add("interview.paused", paused);
      return true;
    }
    case "wait":
    case "choose":
    case "stopped":
    case "over":
      return false;
  }
}

function receive(
  story: InterviewStory,
  cast: Cast,
  step: { thought: number; kind: ThoughtKind },
): void {
  const text = answerText(cast.thinks(step.kind, story.state));
  story.add("thought.received", { thought: step.thought, answer: { text }, usage: {} });
}

function read(story: InterviewStory, number: number): void {
  const { state } = story;
  const thought = state.thoughts.find((one) => one.number === number)!;
  const text = "text" in thought.answer! ? thought.answer.text : "";
  const { event, seed } = readThought(state, thought, text);
  if (event) story.append(event);
  if (seed) {
    story.append(
      interviewEvent("seed.generated", { thought: number, blob: "b", digest: "d" }),
    );
  }
}

function answerText(answer: unknown): string {
  return typeof answer === "string" ? answer : JSON.stringify(answer) ?? "";
}

/** A seed as a model answers it. */
export const SEED_ANSWER = {
  goal: "Expired coupons are rejected",
  constraints: [],
  criteria: [{ description: "An expired coupon is rejected", run: "npm test" }],
};
