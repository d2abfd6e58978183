import type { Usage } from "../../kernel/outcome.ts";
import type { AnsweredBy, Fact, ImportedFrom, KeptText } from "./events.ts";
import { nextLine, type NextView } from "./next_line.ts";
import { nextStep } from "./next_step.ts";
import {
  openLine,
  openQuestions,
  type OpenThing,
  openThings,
  pendingQuestions,
} from "./open_things.ts";
import { type ScoreView, viewScore } from "./score_view.ts";
import { type Choice, type Draft, MAX_QUESTIONS, type Topic } from "./screen.ts";
import type { AssumptionState, InterviewState, QuestionState } from "./state.ts";
import type { InterviewStep } from "./step.ts";
import { answerText } from "./transcript.ts";

/** A question that waits, with all the ways in which it can be answered. */
export interface QuestionView {
  id: string;
  topic: Topic;
  text: string;
  why: string;
  choices: readonly Choice[];
  many: boolean;
  /** Always all of them; `choice` only where there are choices. */
  accepts: readonly ("choice" | "text" | "delegate" | "skip")[];
  /** It was skipped before. */
  skipped: boolean;
  /** The question that it asks in other words. */
  insteadOf: string | null;
}

/** A question that was answered. */
export interface AnswerView {
  id: string;
  topic: Topic;
  question: string;
  /** What could be picked. */
  choices: readonly Choice[];
  many: boolean;
  answer: string;
  kind: "choice" | "text" | "delegated" | "skipped";
  by: AnsweredBy | null;
}

/** What people and programs are told about an interview. */
export interface InterviewView {
  interviewId: string;
  project: string | null;
  idea: KeptText;
  facts: { looked: boolean; brownfield: boolean; facts: readonly Fact[] };
  draft: Draft | null;
  /** Questions of the screen that waits, or that are open when a person has to choose; at most five. */
  questions: readonly QuestionView[];
  answers: readonly AnswerView[];
  remarks: readonly string[];
  assumptions: readonly AssumptionState[];
  open: readonly OpenThing[];
  /** "2 things are open: …"; empty: nothing is. */
  openLine: string;
  clarity: ScoreView;
  /** Why the last "done" was refused; empty: it was not, or something was said since. */
  refused: readonly string[];
  /** The review that waits for a yes. */
  review: { review: number; assumptions: readonly string[] } | null;
  forced: { score: number; measured: boolean; open: readonly string[] } | null;
  seed: { id: string | null; digest: string; blob: string; path: string | null } | null;
  next: NextView;
  step: InterviewStep["do"];
  auto: boolean;
  imported: ImportedFrom | null;
  screens: number;
  /** Calls of a model, and what they used. */
  calls: number;
  usage: Usage;
  begunAt: string;
  updatedAt: string;
}

/** An interview for people and programs. */
export function viewInterview(state: InterviewState): InterviewView {
  const step = nextStep(state);
  const open = openThings(state);
  const { begun } = state;
  return {
    interviewId: begun.interviewId,
    project: begun.project,
    idea: begun.idea,
    facts: {
      looked: state.facts !== null,
      brownfield: state.brownfield,
      facts: state.facts ?? [],
    },
    draft: state.draft,
    questions: shownQuestions(state, step).map((one) => questionView(state, one)),
    answers: state.questions.flatMap(answerView),
    remarks: state.remarks.map((one) => one.text),
    assumptions: state.assumptions,
    open,
    openLine: openLine(open),
    clarity: viewScore(state, open),
    refused: state.refused?.reasons ?? [],
    review: state.review && !state.review.approved
      ? {
        review: state.review.review,
        assumptions: state.review.assumptions.map((one) => one.id),
      }
      : null,
    forced: state.forced && {
      score: state.forced.score,
      measured: state.forced.measured,
      open: state.forced.open,
    },
    seed: seedView(state),
    next: nextLine(state, step),
    step: step.do,
    auto: state.auto !== null,
    imported: begun.imported,
    screens: state.screens,
    calls: state.calls + state.thoughts.filter((one) => !one.answer && !one.failure).length,
    usage: state.usage,
    begunAt: state.begunAt,
    updatedAt: state.updatedAt,
  };
}

function shownQuestions(state: InterviewState, step: InterviewStep): QuestionState[] {
  if (step.do === "over") return [];
  const shown = step.do === "choose" ? openQuestions(state) : pendingQuestions(state);
  return shown.slice(0, MAX_QUESTIONS);
}

function questionView(state: InterviewState, question: QuestionState): QuestionView {
  const { id, topic, text, why, choices, many } = question;
  const before = state.questions.find((one) => one.id === question.replaces)?.text ?? null;
  return {
    id,
    topic,
    text,
    why,
    choices,
    many,
    accepts: [...(choices.length > 0 ? ["choice" as const] : []), "text", "delegate", "skip"],
    skipped: question.answer?.kind === "skipped" || before === text,
    insteadOf: before === text ? null : before,
  };
}

function answerView(question: QuestionState): AnswerView[] {
  if (!question.answer) return [];
  return [{
    id: question.id,
    topic: question.topic,
    question: question.text,
    choices: question.choices,
    many: question.many,
    answer: answerText(question.answer),
    kind: question.answer.kind,
    by: question.by,
  }];
}

function seedView({ frozen, seed }: InterviewState): InterviewView["seed"] {
  if (frozen) {
    return { id: frozen.seedId, digest: frozen.digest, blob: frozen.blob, path: frozen.path };
  }
  return seed && { id: null, digest: seed.digest, blob: seed.blob, path: null };
}
