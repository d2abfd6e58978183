import type { ListedAssumption, ThoughtKind, TriedCheck } from "../../engine/interview/events.ts";
import { nextStep } from "../../engine/interview/next_step.ts";
import { trueScore, unclearReasons } from "../../engine/interview/open_things.ts";
import { resumeCommand } from "../../engine/interview/resume_command.ts";
import { shapeText } from "../../engine/interview/shape_text.ts";
import type { InterviewState } from "../../engine/interview/state.ts";
import { draftLines } from "../../engine/interview/transcript.ts";
import { type QuestionView, viewInterview } from "../../engine/interview/view.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { AskedHost } from "./host_think.ts";
import type { TrialCommand } from "./interview_hooks.ts";
import type { ShownSeed } from "./shown_seed.ts";

/** Characters of material in one turn: hosts cut or refuse what is much longer. */
export const HOST_MATERIAL_CHARS = 32_000;
/** Characters of what was understood; a host that wrote it knows it whole. */
const MOST_DRAFT_CHARS = 4_000;

/** What a host is to do next with an interview. */
export type HostState = { interviewId: string; score: number | null } & HostTask;

/** What is to be done, told apart by `do`. */
export type HostTask =
  /** The host's model answers with a JSON object of that shape. */
  | {
    do: "think";
    thought: number;
    kind: ThoughtKind;
    rules: string;
    /** The shape as a type, a line for each key. */
    schema: string;
    material: string;
    /** What was wrong with the last answer. */
    problems: readonly string[];
  }
  /** The host puts these to its user. `reasons`: why it is not clear enough, where that was asked. */
  | { do: "ask"; understood: string; questions: readonly QuestionView[]; reasons: string[] }
  /** The host shows what is assumed, and passes on a yes or what is to be changed. */
  | { do: "review"; review: number; understood: string; assumptions: readonly ListedAssumption[] }
  /**
   * The seed is there: to be shown, and then tried, frozen or declined. `commands`: what trying it
   * would run; empty: it ran, or there is nothing to run.
   */
  | {
    do: "seed";
    thought: number;
    yaml: string;
    commands: readonly TrialCommand[];
    checks: readonly TriedCheck[];
    remarks: readonly string[];
  }
  /** Another process is at it: an agent that thinks, or checks that are tried. */
  | { do: "wait" }
  /** It cannot go on by itself. */
  | { do: "stopped"; code: string; reason: string }
  | { do: "done"; seedId: string; path: string; forced: boolean }
  | { do: "abandoned"; reason: string };

/** What is known beside the interview's state. */
export interface HostFacts {
  asked: AskedHost | undefined;
  /** The seed that waits to be frozen. */
  seed: ShownSeed | undefined;
}

/** What a host is told of an interview that waits for something. */
export function hostState(state: InterviewState, facts: HostFacts): HostState {
  const { interviewId } = state.begun;
  const score = state.forced?.score ?? trueScore(state);
  return { interviewId, score, ...taskOf(state, facts) };
}

function taskOf(state: InterviewState, { asked, seed }: HostFacts): HostTask {
  const { begun, frozen, abandoned, review } = state;
  const step = nextStep(state);
  switch (step.do) {
    case "wait":
      return thinkTask(asked!);
    case "ask":
    case "choose": {
      const reasons = step.do === "choose" ? unclearReasons(state) : state.refused?.reasons ?? [];
      const { questions } = viewInterview(state);
      return { do: "ask", understood: understood(state), questions, reasons: [...reasons] };
    }
    case "confirm": {
      const { assumptions } = review!;
      return { do: "review", review: step.review, understood: understood(state), assumptions };
    }
    case "freeze":
      return seed ? seedTask(seed) : { do: "wait" };
    case "stopped":
      return { do: "stopped", code: step.code, reason: step.reason };
    case "over":
      return frozen
        ? { do: "done", seedId: frozen.seedId, path: frozen.path, forced: frozen.forced }
        : { do: "abandoned", reason: abandoned?.reason ?? "" };
    case "look":
    case "think":
    case "read":
    case "recover":
      return { do: "wait" };
    default:
      throw new OuroborosError({
        code: "internal",
        message: `Tell a host about interview "${begun.interviewId}": it is at "${step.do}"`,
        hint: resumeCommand(state),
      });
  }
}

function thinkTask({ thought, request, problems }: AskedHost): HostTask {
  const { kind, rules, schema, material } = request;
  return {
    do: "think",
    thought: thought.number,
    kind,
    rules,
    schema: shapeText(schema),
    material: inner(material, HOST_MATERIAL_CHARS),
    problems,
  };
}

function seedTask({ text, ...seed }: ShownSeed): HostTask {
  return { do: "seed", yaml: text, ...seed };
}

function understood({ draft }: InterviewState): string {
  return draft ? inner(draftLines(draft).join("\n"), MOST_DRAFT_CHARS) : "";
}

/** A long text without its middle: it begins with what is wanted and ends with what is open. */
function inner(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  const left = text.length - 2 * half;
  const [head, tail] = [text.slice(0, half), text.slice(-half)].map((part) => part.toWellFormed());
  // Indented, so that what was within a line cannot pass for a heading.
  return `${head}\n    (left out: ${left} characters)\n    ${tail}`;
}
