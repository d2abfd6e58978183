import {
  approveReview,
  askFinish,
  declineReview,
  declineSeed,
  keepTrial,
  seedOfThought,
} from "../../engine/interview/decide.ts";
import type { AnsweredBy, NewInterviewEvent } from "../../engine/interview/events.ts";
import { giveAnswers } from "../../engine/interview/give_answers.ts";
import { nextStep } from "../../engine/interview/next_step.ts";
import { pendingQuestions } from "../../engine/interview/open_things.ts";
import type { InterviewState } from "../../engine/interview/state.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { HostSaid } from "./host_act.ts";

/**
 * The events of what a host passes on. A remark alone declines what is shown: a review, or a seed.
 * Throws what the deciders throw, and `usage` for an answer that could be meant for several questions.
 */
export function saidEvents(
  state: InterviewState,
  said: HostSaid,
  by: AnsweredBy,
): NewInterviewEvent[] {
  const { answers = [], answer, remark = "", finish, approve, reject } = said;
  if (said.leave !== undefined) {
    const problem = "the user lets no command run";
    return keepTrial(state, said.leave, { by, checks: [], remarks: [], problem });
  }
  if (said.try !== undefined) {
    // What they said is kept with what comes of it.
    seedOfThought(state, said.try);
    return [];
  }
  const step = nextStep(state);
  if (approve !== undefined) return approveReview(state, approve, by);
  if (finish) return askFinish(state, by);
  if (reject || (step.do === "confirm" && answers.length === 0 && answer === undefined)) {
    const { review = 0 } = state.review ?? {};
    return declineReview(state, review, { rejected: reject ?? [], remark, by });
  }
  if (step.do === "freeze" && answers.length === 0 && answer === undefined) {
    return declineSeed(state, { remark, by });
  }
  const given = answer === undefined ? answers : [{ question: onlyQuestion(state), text: answer }];
  return giveAnswers(state, given, { remark, by });
}

function onlyQuestion(state: InterviewState): string {
  const waiting = pendingQuestions(state).map((one) => one.id);
  if (waiting.length === 1) return waiting[0]!;
  throw new OuroborosError({
    code: "usage",
    message: waiting.length === 0
      ? "Answer: no question waits for an answer"
      : `Answer: ${waiting.length} questions wait, and it is not said which one is meant`,
    hint: waiting.length === 0
      ? "Say it as remark, or approve the review by its number"
      : `Give answers, one for each of ${waiting.join(", ")}`,
  });
}
