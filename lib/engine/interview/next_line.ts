import type { InterviewState } from "./state.ts";
import type { InterviewStep } from "./step.ts";

/** What an interview is doing or waiting for, in one word. */
export type InterviewPhase =
  | "looking"
  | "thinking"
  | "asking"
  | "reviewing"
  | "choosing"
  | "seeded"
  | "paused"
  | "frozen"
  | "abandoned";

/** What is to be done next, for people and programs. */
export interface NextView {
  phase: InterviewPhase;
  /** A person or a host has to do something. */
  waits: boolean;
  /** One line. */
  line: string;
  /** What may be typed or called; empty: nothing is to be done. */
  may: readonly string[];
}

/** What a step means for whoever looks. */
export function nextLine(state: InterviewState, step: InterviewStep): NextView {
  switch (step.do) {
    case "look":
      return works("looking", "Looks at the project");
    case "think":
    case "read":
    case "recover":
      return works("thinking", THINKS[step.kind]);
    case "wait":
      return { phase: "thinking", waits: true, line: THINKS[step.kind], may: ["think"] };
    case "ask": {
      const count = step.questions.length;
      const line = count === 1 ? "1 question waits for an answer" : `${count} questions wait`;
      return { phase: "asking", waits: true, line, may: ["answer", "remark", "finish", "force"] };
    }
    case "answer":
      return works("asking", "Takes the recommended answers as assumptions");
    case "refuse":
      return works("asking", `Not clear enough yet: ${step.reasons.join("; ")}`);
    case "review":
    case "approve":
      return works("reviewing", "Makes the review");
    case "confirm":
      return {
        phase: "reviewing",
        waits: true,
        line: confirmLine(state),
        may: ["approve", "decline", "answer", "remark"],
      };
    case "choose":
      return {
        phase: "choosing",
        waits: true,
        line: `Not clear enough, and nothing more to ask: ${step.reasons.join("; ")}`,
        may: ["answer", "remark", "force", "abandon"],
      };
    case "freeze":
      return {
        phase: "seeded",
        waits: true,
        line: "The seed is there to be looked at",
        may: ["freeze", "decline"],
      };
    case "pause":
    case "stopped":
      return { phase: "paused", waits: true, line: step.reason, may: ["resume", "force"] };
    case "over":
      return state.frozen
        ? { phase: "frozen", waits: false, line: `The seed is ${state.frozen.path}`, may: ["run"] }
        : { phase: "abandoned", waits: false, line: abandonedLine(state), may: [] };
  }
}

const THINKS = {
  screen: "Draws up what was understood and what to ask",
  score: "Measures how clear it is",
  seed: "Writes the seed",
} as const;

function works(phase: InterviewPhase, line: string): NextView {
  return { phase, waits: false, line, may: [] };
}

function confirmLine(state: InterviewState): string {
  const count = state.review?.assumptions.length ?? 0;
  if (count === 0) return "The review waits for a yes";
  return `The review waits for a yes; it confirms ${
    count === 1 ? "1 assumption" : `${count} assumptions`
  }`;
}

function abandonedLine(state: InterviewState): string {
  const reason = state.abandoned?.reason ?? "";
  return reason === "" ? "It was abandoned" : `It was abandoned: ${reason}`;
}
