import { type DimensionKey, DIMENSIONS, weakest } from "./clarity.ts";
import type { Choice, Contradiction, Question, Topic } from "./screen.ts";
import type { InterviewState } from "./state.ts";

/** A question before it has its number. */
export type Unnumbered = Omit<Question, "id">;

/** What is asked about a dimension that a scorer found least clear, when a model asks nothing. */
const ASKED: Readonly<Record<DimensionKey, { topic: Topic; text: string }>> = {
  goal: { topic: "goal", text: "What must be possible afterwards that is not possible now?" },
  constraint: {
    topic: "constraints",
    text: "What must not change, and what has to be used or avoided?",
  },
  successCriteria: { topic: "outputs", text: "What will be there when it is done?" },
  context: { topic: "context", text: "Which parts of the project does it touch?" },
};

/** The question that settles a contradiction: which of its sides holds. */
export function contradictionQuestion(
  contradiction: Contradiction,
  sides: readonly Choice[],
): Unnumbered {
  return {
    topic: "scope",
    text: `These cannot all hold: ${contradiction.text}. Which one counts?`,
    why: "What contradicts itself cannot be built",
    choices: sides,
    many: false,
    replaces: null,
    resolves: contradiction.id,
  };
}

/** How the result is verified; the project's own commands are what is recommended. */
export function verificationQuestion(state: InterviewState): Unnumbered {
  const commands = (state.facts ?? []).filter((one) => one.topic === "test_command");
  const choices = commands.slice(0, 3).map((one, index) => ({
    text: `\`${one.text}\` passes, with a new test for this`,
    recommended: index === 0,
  }));
  return {
    topic: "verification",
    text: "How will you know that it is done?",
    why: "Without a check nothing that is built can be called done",
    choices,
    many: choices.length > 1,
    replaces: null,
    resolves: null,
  };
}

/** Asks about what the last score found least clear; undefined: it was good enough, or never taken. */
export function weakestQuestion(state: InterviewState): Unnumbered | undefined {
  if (!state.score || state.score.ready) return undefined;
  const { scores } = state.score;
  for (const key of weakest(scores, state.brownfield, DIMENSIONS.length)) {
    const { topic, text } = ASKED[key];
    if (state.questions.some((one) => one.text === text)) continue;
    const why = scores[key]?.justification ?? "Nothing is known of it";
    return { topic, text, why, choices: [], many: false, replaces: null, resolves: null };
  }
  return undefined;
}
