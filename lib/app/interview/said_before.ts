import { answerSays, type GivenAnswer } from "../../engine/interview/give_answers.ts";
import type { InterviewView } from "../../engine/interview/view.ts";

/**
 * Whether a question has that very answer already; "skip" takes none back. False where it has none.
 * Errors: usage (an answer that cannot be meant).
 */
export function saidBefore(view: InterviewView, given: GivenAnswer): boolean {
  const before = view.answers.find((one) => one.id === given.question);
  if (before === undefined || before.kind === "skipped") return false;
  if (given.skip) return true;
  return answerSays({ ...before, text: before.question }, given) === before.answer;
}
