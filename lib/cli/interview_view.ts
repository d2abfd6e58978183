import type {
  InterviewHooks,
  InterviewProgress,
  SeedDraft,
} from "../app/interview/interview_hooks.ts";

/** What is told about an interview, as the hooks are handed it. */
export type InterviewView = Parameters<InterviewHooks["answer"]>[0];

/** A question that waits. */
export type QuestionView = InterviewView["questions"][number];

/** An assumption, and what was said to it. */
export type AssumptionView = InterviewView["assumptions"][number];

/** An answer as it is handed in. */
export type GivenAnswer = Extract<
  Awaited<ReturnType<InterviewHooks["answer"]>>,
  { kind: "answers" }
>["answers"][number];

/** An event of an interview. */
export type InterviewEvent = Extract<InterviewProgress, { type: "event" }>["event"];

/** The plan of a seed, with what its checks say. */
export type SeedPlan = NonNullable<SeedDraft["plan"]>;

/** How an interview is shown. */
export interface InterviewStyle {
  color: boolean;
  columns: number;
}

/** What goes on with an interview, as it is to be typed. */
export function resumeCommand(view: Pick<InterviewView, "interviewId">): string {
  return `ouroboros interview --resume ${view.interviewId}`;
}
