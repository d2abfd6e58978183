/** What the surfaces (command line, MCP) are told about interviews; they do not see the engine. */
export type { InterviewEvent } from "../../engine/interview/events.ts";
export type { FactCorrections, GivenAnswer } from "../../engine/interview/give_answers.ts";
export type { AssumptionState as AssumptionView } from "../../engine/interview/state.ts";
export type { InterviewView, QuestionView } from "../../engine/interview/view.ts";
