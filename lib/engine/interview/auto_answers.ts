import type { Answer } from "./events.ts";
import type { AskedQuestion, Question } from "./screen.ts";

/**
 * Answers of an interview that answers itself: the recommended choices, each as an assumption that
 * the review lists. A question without a recommendation is skipped, and so stays open: nothing is
 * made up.
 */
export function autoAnswers(questions: readonly Question[]): Answer[] {
  return questions.map((question) =>
    assumedAnswer(question, "the recommended answer was taken without asking") ??
      { question: question.id, kind: "skipped" }
  );
}

/** What is assumed in place of an answer; undefined: nothing was recommended. */
export function assumedAnswer(
  question: AskedQuestion,
  reason: string,
): Extract<Answer, { kind: "delegated" }> | undefined {
  const recommended = question.choices.filter((one) => one.recommended);
  const taken = question.many ? recommended : recommended.slice(0, 1);
  if (taken.length === 0) return undefined;
  const assumption = `${question.text} ${taken.map((one) => one.text).join("; ")}`;
  return { question: question.id, kind: "delegated", assumption, reason };
}
