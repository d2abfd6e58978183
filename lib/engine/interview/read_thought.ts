import type { SeedDocument } from "../seed/seed_document.ts";
import { weightedScore } from "./clarity.ts";
import { interviewEvent, type NewInterviewEvent, type ThoughtKind } from "./events.ts";
import { newContradictions, proposeScreen } from "./propose_screen.ts";
import { parseScore } from "./score_answer.ts";
import { parseScreen } from "./screen_answer.ts";
import { parseSeedAnswer } from "./seed_answer.ts";
import type { InterviewState, ThoughtState } from "./state.ts";

/** What became of an answer. */
export interface ReadThought {
  /** A screen, a score, or that the answer could not be used. */
  event: NewInterviewEvent | null;
  /** A seed: to be written, and then told by `seed.generated`. */
  seed: SeedDocument | null;
}

/** Which answer is read by what. */
const PARSERS = {
  screen: (_state: InterviewState, answer: unknown) => parseScreen(answer),
  score: (state: InterviewState, answer: unknown) => parseScore(answer, state.brownfield),
  seed: parseSeedAnswer,
} satisfies Readonly<Record<ThoughtKind, unknown>>;

/**
 * What is wrong with an answer, for whoever can send it back while the model is there; null: it will
 * be of use.
 */
export function thoughtProblems(
  state: InterviewState,
  kind: ThoughtKind,
  answer: unknown,
): readonly string[] | null {
  return PARSERS[kind](state, answer).problems;
}

/**
 * Reads the answer that a thought received: text as it came, or a value. An answer that cannot be
 * used fails the thought and says why, so that the next request can. Never throws for its content.
 */
export function readThought(
  state: InterviewState,
  thought: ThoughtState,
  answer: unknown,
): ReadThought {
  const { number } = thought;
  switch (thought.kind) {
    case "screen": {
      const { value, problems } = PARSERS.screen(state, answer);
      if (!value) return failed(number, problems);
      return { event: proposeScreen(state, number, value), seed: null };
    }
    case "score": {
      const { value, problems } = PARSERS.score(state, answer);
      if (!value) return failed(number, problems);
      const event = interviewEvent("clarity.scored", {
        thought: number,
        basis: thought.basis,
        scores: value.scores,
        overall: weightedScore(value.scores, state.brownfield),
        contradictions: newContradictions(state, value.contradictions).map((one) => one.made),
      });
      return { event, seed: null };
    }
    case "seed": {
      const { value, problems } = PARSERS.seed(state, answer);
      return value ? { event: null, seed: value } : failed(number, problems);
    }
  }
}

function failed(thought: number, problems: readonly string[]): ReadThought {
  const event = interviewEvent("thought.failed", {
    thought,
    code: "agent_failed",
    reason: `The answer could not be used: ${problems[0] ?? "it is empty"}`,
    problems,
    retryable: true,
    retryAfterSeconds: null,
    // What it cost was told when it was received.
    usage: {},
    calls: 0,
  });
  return { event, seed: null };
}
