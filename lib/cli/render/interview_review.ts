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

/** The review: all that was understood, and by name each assumption that a yes confirms. */
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
    ...(view.draft === null ? [] : [interviewDraftText(view.draft, { ...style, whole: true })]),
    listed,
    interviewClarityText(view, style),
  ];
  return parts.join("\n");
}
