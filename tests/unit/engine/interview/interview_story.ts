import type {
  InterviewEvent,
  InterviewEventData,
  InterviewEventType,
  NewInterviewEvent,
} from "../../../../lib/engine/interview/events.ts";
import { interviewEvent } from "../../../../lib/engine/interview/events.ts";
import { foldInterview } from "../../../../lib/engine/interview/evolve.ts";
import { giveAnswers, type GivenAnswer } from "../../../../lib/engine/interview/give_answers.ts";
import { proposeScreen } from "../../../../lib/engine/interview/propose_screen.ts";
import { readThought } from "../../../../lib/engine/interview/read_thought.ts";
import { parseScreen } from "../../../../lib/engine/interview/screen_answer.ts";
import type { InterviewState } from "../../../../lib/engine/interview/state.ts";
import { transcriptDigest } from "../../../../lib/engine/interview/transcript.ts";

/** Thrown where a worker is made to die: no more events may be appended. */
export class Killed extends Error {}

/** A hand-made list of an interview's events. */
export class InterviewStory {
  readonly events: InterviewEvent[] = [];
  /** Events that may still be appended before whoever appends is killed. */
  budget = Infinity;

  constructor(begun: Partial<InterviewEventData["interview.begun"]> = {}) {
    this.add("interview.begun", {
      interviewId: "interview_1",
      project: "/project",
      idea: { text: "Reject expired coupons at the checkout" },
      facts: { brownfield: false, facts: [] },
      auto: null,
      limits: { screens: 10 },
      imported: null,
      version: "1",
      ...begun,
    });
  }

  get state(): InterviewState {
    return foldInterview(this.events)!;
  }

  add<T extends InterviewEventType>(type: T, data: InterviewEventData[T]): this {
    return this.append(interviewEvent(type, data) as NewInterviewEvent);
  }

  append(...events: readonly NewInterviewEvent[]): this {
    for (const event of events) {
      if (this.budget-- <= 0) throw new Killed();
      const version = this.events.length + 1;
      const at = new Date(version * 1000).toISOString();
      const stored = { id: `e${version}`, position: version, stream: "interview:interview_1" };
      // As a journal gives it back: a copy, and plain JSON.
      this.events.push(JSON.parse(JSON.stringify({ ...event, ...stored, version, at })));
    }
    return this;
  }

  /** A model is asked and answers; `answer` is read as it would be. */
  think(kind: "screen" | "score", answer: unknown): this {
    const { state } = this;
    const thought = state.thoughts.length + 1;
    this.add("thought.asked", {
      thought,
      kind,
      basis: transcriptDigest(state),
      request: "r",
      by: { kind: "runtime", name: "smith 1.0.0" },
    });
    this.add("thought.received", { thought, answer: { text: "…" }, usage: { inputTokens: 10 } });
    const { event } = readThought(this.state, this.state.thoughts.at(-1)!, answer);
    return this.append(event!);
  }

  /** A screen, of which only what matters is given. */
  screen(parts: ScreenParts = {}): this {
    return this.think("screen", screenAnswer(parts));
  }

  /** The same clarity in every dimension. */
  score(clarity: number, more: Record<string, unknown> = {}): this {
    return this.think("score", scoreAnswer(clarity, more));
  }

  answer(...given: readonly GivenAnswer[]): this {
    return this.append(...giveAnswers(this.state, given, { by: "person" }));
  }

  /** A screen by a model, of a state that is not in the journal. */
  proposed(parts: ScreenParts): NewInterviewEvent {
    return proposeScreen(this.state, 1, parseScreen(screenAnswer(parts)).value!);
  }
}

/** What a made-up screen says; the rest is filled in. */
export interface ScreenParts {
  goal?: string;
  verification?: readonly { text: string; run?: string | null; human?: string | null }[];
  assumptions?: readonly { text: string; reason: string }[];
  /** Texts with the topic in front: "scope: Which ones?"; a mapping says all. */
  questions?: readonly (string | Record<string, unknown>)[];
  /** A mapping says which side is recommended. */
  contradictions?: readonly {
    text: string;
    sides: readonly (string | { text: string; recommended: boolean })[];
  }[];
}

/** A screen as a model answers it. */
export function screenAnswer(parts: ScreenParts): Record<string, unknown> {
  return {
    draft: {
      goal: parts.goal ?? "Expired coupons are rejected",
      scope: [],
      non_goals: [],
      constraints: [],
      outputs: [],
      verification: parts.verification ?? [],
      assumptions: parts.assumptions ?? [],
    },
    contradictions: (parts.contradictions ?? []).map(({ text, sides }) => ({
      text,
      sides: sides.map((side) =>
        typeof side === "string" ? { text: side, recommended: false } : side
      ),
    })),
    questions: (parts.questions ?? []).map((one) => {
      if (typeof one !== "string") return { why: "It matters", choices: [], ...one };
      const [topic, text] = one.split(": ", 2);
      const choices = [{ text: "Yes", recommended: true }, { text: "No", recommended: false }];
      return { topic, text, why: "It matters", choices };
    }),
  };
}

/** A score as a model answers it. */
export function scoreAnswer(
  clarity: number,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    goal_clarity_score: clarity,
    goal_clarity_justification: "The goal is named",
    constraint_clarity_score: clarity,
    constraint_clarity_justification: "Limits are named",
    success_criteria_clarity_score: clarity,
    success_criteria_clarity_justification: "It is said how it is verified",
    context_clarity_score: clarity,
    context_clarity_justification: "The files are named",
    contradictions: [],
    ...more,
  };
}

/** A draft's way to verify that a command decides. */
export const TESTED = [{ text: "The tests pass", run: "npm test" }];
