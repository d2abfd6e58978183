import type { InterviewView } from "../app/interview/views.ts";
import { shellWord } from "../kernel/shell_word.ts";

export type {
  AssumptionView,
  FactCorrections,
  GivenAnswer,
  InterviewEvent,
  InterviewView,
  QuestionView,
} from "../app/interview/views.ts";
export type { PlanView as SeedPlan } from "../app/run/plan_view.ts";

/** How an interview is shown. */
export interface InterviewStyle {
  color: boolean;
  columns: number;
}

/**
 * What goes on with an interview; `name` is what this program is to be typed as, `save` where its seed
 * is to be written as well.
 */
export function resumeCommand(
  view: Pick<InterviewView, "interviewId">,
  name: string,
  save?: string,
): string {
  const more = save === undefined ? "" : ` --save ${shellWord(save)}`;
  return `${name} interview --resume ${view.interviewId}${more}`;
}
