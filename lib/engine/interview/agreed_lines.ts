import { isAnswered } from "./open_things.ts";
import type { InterviewState } from "./state.ts";
import { answerText } from "./transcript.ts";

/** Where something was said besides: it may have changed what was answered before. */
const OUTWEIGHED =
  "Where a criterion or another constraint says otherwise than a line that begins " +
  'with "Agreed", that line does not hold';

/**
 * What was answered and confirmed, a line each, for whoever does the work: a model that writes a seed
 * may leave it out. Not how it is verified: the checks say that, and whoever works need not know all.
 */
export function agreedLines(state: InterviewState): string[] {
  const agreed = [...answers(state), ...confirmed(state)];
  if (agreed.length === 0) return [];
  const lines = agreed.map((text) => `Agreed: ${text.replace(/\s+/g, " ").trim()}`);
  return state.remarks.length === 0 ? lines : [OUTWEIGHED, ...lines];
}

/** Answers in a person's words or choices; what was left to us counts where it was confirmed. */
function answers(state: InterviewState): string[] {
  return state.questions.flatMap((one) => {
    if (one.topic === "verification" || !isAnswered(one)) return [];
    if (one.answer === null || one.answer.kind === "delegated") return [];
    return [`${one.text} ${answerText(one.answer)}`];
  });
}

function confirmed(state: InterviewState): string[] {
  return state.assumptions.flatMap((one) => {
    if (one.state !== "confirmed" || one.kind === "verification") return [];
    const question = state.questions.find(({ id }) => id === one.id);
    if (question?.topic === "verification" || (question && !isAnswered(question))) return [];
    return [one.text];
  });
}
