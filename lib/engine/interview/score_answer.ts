import { z } from "zod";
import type { Scores } from "./clarity.ts";
import { parseAnswer, type Parsed, wireSchema, wireText } from "./wire_schema.ts";

const score = (description: string) =>
  z.number().min(0).max(1).describe(`${description}: 0 (nothing is known) to 1 (perfectly clear)`);

const why = z.string().max(4_000).default("").describe("What is clear, and what is not");

/** What a model answers when it is asked to score; the keys are those of the original. */
const ScoreAnswer = z.object({
  goal_clarity_score: score("How clear the goal is"),
  goal_clarity_justification: why,
  constraint_clarity_score: score("How clear constraints and limits are"),
  constraint_clarity_justification: why,
  success_criteria_clarity_score: score("How clear it is when the work is done"),
  success_criteria_clarity_justification: why,
  context_clarity_score: score("How clear it is how the work fits the project").nullable()
    .default(null),
  context_clarity_justification: why,
  contradictions: z.array(z.object({
    text: wireText(1_000, "What cannot hold together"),
    sides: z.array(wireText(500, "One of the things")).min(2).max(4)
      .describe("The things of which only one can hold"),
  })).max(10).default([]).describe("Only those that are not in the list already"),
});

/** A score, read. */
export interface ReadScore {
  scores: Scores;
  contradictions: readonly { text: string; sides: readonly string[] }[];
}

/** JSON schema of a score, for whoever asks a model. */
export function scoreSchema(): Record<string, unknown> {
  return wireSchema(ScoreAnswer);
}

/**
 * Reads scores from a model's answer: text or value. What is missing, out of range, no number or no
 * JSON is a problem, never a score. The context counts only where there is a project already.
 */
export function parseScore(answer: unknown, brownfield: boolean): Parsed<ReadScore> {
  const parsed = parseAnswer(ScoreAnswer, answer);
  if (!parsed.value) return parsed;
  const { value } = parsed;
  const dimension = (clarity: number, justification: string) => ({
    clarity,
    justification: justification.trim() || "No reason was given",
  });
  const context = brownfield ? value.context_clarity_score : null;
  return {
    problems: null,
    value: {
      scores: {
        goal: dimension(value.goal_clarity_score, value.goal_clarity_justification),
        constraint: dimension(
          value.constraint_clarity_score,
          value.constraint_clarity_justification,
        ),
        successCriteria: dimension(
          value.success_criteria_clarity_score,
          value.success_criteria_clarity_justification,
        ),
        context: context === null ? null : dimension(context, value.context_clarity_justification),
      },
      contradictions: value.contradictions,
    },
  };
}
