import {
  abandonInterview,
  approveReview,
  askFinish,
  declineReview,
  forceSeed,
} from "../../engine/interview/decide.ts";
import { giveAnswers } from "../../engine/interview/give_answers.ts";
import { viewInterview } from "../../engine/interview/view.ts";
import type { InterviewContext } from "./interview_context.ts";
import type { ChoiceReply, ReviewReply } from "./interview_hooks.ts";

/**
 * Takes in what a person said, wherever they were asked; false: nothing, so that it ends there. What
 * was said is kept before anything else, whatever becomes of the person before they say the rest.
 */
export async function takeReply(
  context: Pick<InterviewContext, "log">,
  reply: ChoiceReply,
): Promise<boolean> {
  const { log } = context;
  const { state } = log;
  switch (reply.kind) {
    case "leave":
      return false;
    case "answers": {
      await log.append(...giveAnswers(state, reply.answers, reply));
      const more = await reply.more?.(viewInterview(log.state));
      return more === undefined || await takeReply(context, more);
    }
    case "finish":
      await log.append(...askFinish(state, reply.by));
      return true;
    case "force":
      await log.append(...forceSeed(state, { by: reply.by, reason: reply.reason }));
      return true;
    case "abandon":
      await log.append(...abandonInterview(state, { by: reply.by, reason: reply.reason }));
      return true;
  }
}

/** The same for a review of that number. */
export async function takeReview(
  context: Pick<InterviewContext, "log">,
  review: number,
  reply: ReviewReply,
): Promise<boolean> {
  const { log } = context;
  switch (reply.kind) {
    case "approve":
      await log.append(...approveReview(log.state, review, reply.by));
      return true;
    case "decline": {
      const { rejected, remark, by } = reply;
      await log.append(...declineReview(log.state, review, { rejected, remark, by }));
      return true;
    }
    default:
      return await takeReply(context, reply);
  }
}
