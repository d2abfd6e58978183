import type { OpenThing } from "../../lib/engine/interview/open_things.ts";
import type { InterviewStep } from "../../lib/engine/interview/step.ts";
import type { ScreenParts } from "../unit/engine/interview/interview_story.ts";

/** What a person says to a question: own words, the number of a choice, or one of two words. */
export type Said = string | number | { delegate: true } | { skip: true };

/** An interview as data: who thinks, who answers, who scores, and what must come of it. */
export interface Transcript {
  name: string;
  kind: "clear" | "vague" | "contradictory" | "flattering" | "unanswered" | "brownfield";
  idea: string;
  /** The project exists already; the commands are its test commands. */
  project?: { tests: readonly string[] };
  /** One after the other; the last one goes on. */
  screens: readonly ScreenParts[];
  /** By the question's text. A question that is not here is left as it is. */
  says: Readonly<Record<string, Said>>;
  /** What the scorer answers: the same clarity everywhere, or its raw answer. */
  scorer: number | Readonly<Record<string, unknown>> | string;
  expect: {
    /** What is done next when nobody says more; a review is not approved. */
    end: InterviewStep["do"];
    open: readonly OpenThing["kind"][];
    /** With what is open. */
    score: number | null;
    /** After the review is approved, where there is one. */
    approved?: number;
  };
}
