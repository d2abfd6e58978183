import { assumedAnswer } from "./auto_answers.ts";
import type { Answer } from "./events.ts";
import { textMeans } from "./plain_words.ts";
import type { AskedQuestion } from "./screen.ts";

/**
 * What a free text answers: itself, unless it says "you decide" or "skip for now". `reason`: why
 * something is assumed where it says the former.
 */
export function textAnswer(question: AskedQuestion, text: string, reason: string): Answer {
  switch (textMeans(text)) {
    case "delegated":
      return delegatedAnswer(question, reason);
    case "skipped":
      return { question: question.id, kind: "skipped" };
    case "answer":
      return { question: question.id, kind: "text", text };
  }
}

/**
 * "You decide": what is recommended is assumed, or whatever is usual. Nothing is usual where a side is
 * to be chosen: that stays open.
 */
export function delegatedAnswer(question: AskedQuestion, reason: string): Answer {
  const assumed = assumedAnswer(question, reason);
  if (assumed) return assumed;
  if (question.resolves) return { question: question.id, kind: "skipped" };
  return {
    question: question.id,
    kind: "delegated",
    assumption: `${question.text} (whatever is usual)`,
    reason,
  };
}
