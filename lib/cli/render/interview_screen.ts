import type { InterviewStyle, InterviewView, QuestionView } from "../interview_view.ts";
import { palette } from "./color.ts";
import { interviewClarityText } from "./interview_clarity.ts";
import { interviewDraftText } from "./interview_draft.ts";
import { brokenText, interviewFactsText } from "./interview_facts.ts";
import { clip, counted, printable, wrap } from "./text.ts";

/** A screen without its questions: facts unless they were shown, the draft, what is open, how clear. */
export function interviewScreenText(
  view: InterviewView,
  options: { style: InterviewStyle; facts: boolean },
): string {
  const { style } = options;
  const paint = palette(style.color);
  const width = Math.max(30, style.columns);
  const parts = [
    ...(options.facts ? [interviewFactsText(view.facts.facts, style)] : []),
    ...(view.draft === null ? [] : [interviewDraftText(view.draft, style)]),
    ...(view.refused.length === 0 ? [] : [refusedText(view.refused, width, paint.unsure)]),
    interviewClarityText(view, style),
  ];
  return parts.join("\n");
}

/** Why a "done" was not taken, a reason a line. */
function refusedText(
  reasons: readonly string[],
  width: number,
  paint: (text: string) => string,
): string {
  const lines = reasons.flatMap((reason) => indented(reason, 4, width));
  return `${paint("Not clear enough to finish")}\n${lines.join("\n")}\n`;
}

/** A question's head: which it is, what it asks, and why. */
export function interviewQuestionText(
  question: QuestionView,
  options: { style: InterviewStyle; number: number; of: number },
): string {
  const { style, number, of } = options;
  const paint = palette(style.color);
  const width = Math.max(30, style.columns);
  const again = question.skipped ? ", skipped before" : "";
  const marks = `Question ${number} of ${Math.max(number, of)} (${question.id}${again})`;
  const lines = [
    paint.strong(marks),
    ...indented(question.text, 2, width),
    ...(question.why === "" ? [] : indented(question.why, 2, width).map(paint.dim)),
    ...(question.insteadOf === null
      ? []
      : indented(`Asked before as: ${question.insteadOf}`, 2, width).map(paint.dim)),
  ];
  return `${lines.join("\n")}\n`;
}

/** What is still asked, for whom nobody can ask: each question with its choices and their numbers. */
export function interviewAskedText(view: InterviewView, style: InterviewStyle): string {
  const width = Math.max(30, style.columns);
  const lines = view.questions.flatMap((question) => [
    ...marked({ mark: question.id, text: question.text }, 2, width),
    ...question.choices.flatMap((choice, at) => {
      const text = `${choice.text}${choice.recommended ? " (recommended)" : ""}`;
      return marked({ mark: String(at + 1), text }, 6, width);
    }),
  ]);
  if (lines.length === 0) return "";
  return `${counted(view.questions.length, "question")} still asked\n${lines.join("\n")}\n`;
}

/** The same behind a mark of ours, which no line but the first one comes under. */
export function marked(
  { mark, text }: { mark: string; text: string },
  indent: number,
  width: number,
): string[] {
  const [first = "", ...others] = indented(text, indent + mark.length + 1, width);
  return [`${" ".repeat(indent)}${mark} ${first.trimStart()}`, ...others];
}

/** A text of others, wrapped and moved to the right; the first `most` characters of it. */
export function indented(text: string, indent: number, width: number, most = 2000): string[] {
  const room = Math.max(20, width - indent);
  return wrap(brokenText(printable(clip(text, most)), room), room)
    .map((line) => `${" ".repeat(indent)}${line}`);
}
