import type { AssumptionView, InterviewStyle, InterviewView } from "../interview_view.ts";
import { palette } from "./color.ts";
import { interviewClarityText } from "./interview_clarity.ts";
import { interviewDraftText } from "./interview_draft.ts";
import { indented, marked } from "./interview_screen.ts";

/** Assumptions that the review confirms, as the view holds them. */
export function reviewedAssumptions(view: InterviewView): AssumptionView[] {
  const listed = view.review?.assumptions ?? [];
  return view.assumptions.filter((one) => listed.includes(one.id));
}

/** The review: all that was answered and understood, and by name each assumption that a yes confirms. */
export function interviewReviewText(view: InterviewView, style: InterviewStyle): string {
  const paint = palette(style.color);
  const width = Math.max(30, style.columns);
  const assumptions = reviewedAssumptions(view);
  const lines = assumptions.flatMap((one) => [
    ...marked(
      { mark: one.id, text: `${one.delegated ? "(left to us) " : ""}${one.text}` },
      2,
      width,
    ),
    ...(one.reason === "" ? [] : indented(`because ${one.reason}`, 6, width).map(paint.dim)),
  ]);
  const listed = assumptions.length === 0
    ? `${paint.strong("Nothing was assumed")}\n`
    : `${paint.strong("A yes confirms these assumptions")}\n${lines.join("\n")}\n`;
  const parts = [
    ...answeredText(view, width, paint.strong),
    ...(view.draft === null ? [] : [interviewDraftText(view.draft, { ...style, whole: true })]),
    listed,
    interviewClarityText(view, style),
  ];
  return parts.join("\n");
}

/** What was chosen and said, whole: it goes into the seed. What was left to us is an assumption. */
function answeredText(
  { answers }: InterviewView,
  width: number,
  paint: (text: string) => string,
): string[] {
  const said = answers.filter((one) => one.kind === "choice" || one.kind === "text");
  if (said.length === 0) return [];
  const lines = said.flatMap((one) => [
    ...marked({ mark: one.id, text: one.question }, 2, width),
    ...indented(one.answer, 6, width, Infinity),
  ]);
  return [`${paint("What was answered")}\n${lines.join("\n")}\n`];
}
