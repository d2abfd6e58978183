import { z } from "zod";
import { documentProblems } from "../../kernel/document_problem.ts";
import { type Scores, weightedScore } from "./clarity.ts";
import { beginInterview } from "./decide.ts";
import { interviewEvent, type NewInterviewEvent } from "./events.ts";
import { MAX_IDEA_CHARS, type Question } from "./screen.ts";
import { textAnswer } from "./text_answer.ts";
import { type Parsed, problemLines } from "./wire_schema.ts";

/** Most rounds of a file; more than anybody ever answered. */
const MAX_ROUNDS = 500;

const component = z.object({
  clarity_score: z.number().min(0).max(1),
  justification: z.string().max(20_000).default(""),
});

/** `interview_<id>.json` of the original, as far as it is read; other keys are let alone. */
const InterviewFile = z.object({
  interview_id: z.string().min(1).max(200),
  status: z.enum(["in_progress", "completed", "aborted"]).default("in_progress"),
  rounds: z.array(z.object({
    round_number: z.int().min(1),
    question: z.string().max(50_000).regex(/\S/, "must not be empty"),
    user_response: z.string().max(50_000).nullable().default(null),
  })).max(MAX_ROUNDS).default([]),
  initial_context: z.string().max(MAX_IDEA_CHARS).regex(/\S/, "must not be empty")
    .refine((text) => !text.includes("\u0000"), "must be text"),
  created_at: z.string().max(100).nullable().default(null),
  updated_at: z.string().max(100).nullable().default(null),
  is_brownfield: z.boolean().default(false),
  codebase_paths: z.array(z.object({ path: z.string().max(4_096), role: z.string().max(100) }))
    .max(100).default([]),
  ambiguity_score: z.number().min(0).max(1).nullable().default(null),
  ambiguity_breakdown: z.object({
    goal_clarity: component,
    constraint_clarity: component,
    success_criteria_clarity: component,
    context_clarity: component.nullable().default(null),
  }).nullable().catch(null).default(null),
});

type InterviewFile = z.infer<typeof InterviewFile>;

/** What is not in the file. */
export interface ImportOptions {
  /** Id of our interview. */
  interviewId: string;
  screens: number;
  version: string;
}

/**
 * The events of an interview that goes on where the original's left off: each round a screen with
 * one question, a round without an answer the question that waits. Its score is kept for display
 * and measured anew; that it was completed there approves nothing here. The idea stands in the first
 * of them, however long it is.
 */
export function importInterview(
  file: unknown,
  options: ImportOptions,
): Parsed<NewInterviewEvent[]> {
  const parsed = InterviewFile.safeParse(file);
  if (!parsed.success) {
    const problems = problemLines(documentProblems(parsed.error.issues, file), "the file");
    return { value: null, problems: problems.slice(0, 20) };
  }
  const state = parsed.data;
  return {
    problems: null,
    value: [
      ...begun(state, options),
      ...state.rounds.flatMap(roundEvents),
      ...scored(state),
      ...(state.status === "aborted"
        ? [interviewEvent("interview.abandoned", { by: "import", reason: "It was aborted" })]
        : []),
    ],
  };
}

function begun(file: InterviewFile, options: ImportOptions): NewInterviewEvent[] {
  const primary = file.codebase_paths.find((one) => one.role === "primary");
  return beginInterview(file.initial_context, {
    interviewId: options.interviewId,
    project: primary?.path ?? null,
    idea: { text: file.initial_context },
    facts: {
      brownfield: file.is_brownfield,
      facts: file.codebase_paths.map((one, index) => ({
        id: `path${index + 1}`,
        topic: "other" as const,
        text: `${one.role}: ${one.path}`,
        source: null,
      })),
    },
    auto: null,
    limits: { screens: options.screens },
    imported: {
      id: file.interview_id,
      status: file.status,
      createdAt: file.created_at,
      updatedAt: file.updated_at,
      score: file.ambiguity_score,
    },
    version: options.version,
  });
}

function roundEvents(
  round: InterviewFile["rounds"][number],
  index: number,
): NewInterviewEvent[] {
  const question: Question = {
    id: `q${index + 1}`,
    // The original does not say what a question is about.
    topic: "goal",
    text: round.question.trim(),
    why: "",
    choices: [],
    many: false,
    replaces: null,
    resolves: null,
  };
  const proposed = interviewEvent("screen.proposed", {
    screen: index + 1,
    thought: null,
    draft: null,
    questions: [question],
    contradictions: [],
    assumptions: [],
  });
  const text = round.user_response?.trim() ?? "";
  if (text === "") return [proposed];
  const answer = textAnswer(question, text, "you left it open");
  return [
    proposed,
    interviewEvent("answers.given", { answers: [answer], remark: "", by: "import" }),
  ];
}

function scored(file: InterviewFile): NewInterviewEvent[] {
  const found = file.ambiguity_breakdown;
  if (!found) return [];
  const dimension = (one: z.infer<typeof component>) => ({
    clarity: one.clarity_score,
    justification: one.justification,
  });
  const scores: Scores = {
    goal: dimension(found.goal_clarity),
    constraint: dimension(found.constraint_clarity),
    successCriteria: dimension(found.success_criteria_clarity),
    context: found.context_clarity && file.is_brownfield ? dimension(found.context_clarity) : null,
  };
  return [interviewEvent("clarity.scored", {
    thought: null,
    // No digest: it is never taken for a score of what is known here.
    basis: "imported",
    scores,
    overall: weightedScore(scores, file.is_brownfield),
    contradictions: [],
  })];
}
