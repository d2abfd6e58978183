import type { InterviewState } from "./state.ts";

/** What goes on with an interview, as it is to be typed. */
export function resumeCommand(state: Pick<InterviewState, "begun">): string {
  return `ouroboros interview --resume ${state.begun.interviewId}`;
}
