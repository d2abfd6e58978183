import { interviewEvent, type NewInterviewEvent } from "./events.ts";
import { asksSame } from "./asks_same.ts";
import { comparedText } from "./compared_text.ts";
import { isPlaceholder } from "./is_placeholder.ts";
import { namesNobody } from "./names_nobody.ts";
import { blockers, hasVerification, isAnswered, openQuestions, unresolved } from "./open_things.ts";
import {
  contradictionQuestion,
  type Unnumbered,
  verificationQuestion,
  weakestQuestion,
} from "./own_questions.ts";
import {
  type Choice,
  type Contradiction,
  type Draft,
  type DraftAssumption,
  MAX_CHOICES,
  MAX_QUESTIONS,
  type Question,
} from "./screen.ts";
import { saysNo } from "./says_no.ts";
import { saysYes } from "./says_yes.ts";
import type { ScreenAnswer } from "./screen_answer.ts";
import type { InterviewState, QuestionState } from "./state.ts";
import { verificationText } from "./transcript.ts";

/**
 * The screen that a model's answer becomes. Ids are given here. What was answered already is not
 * asked again, and what no model may forget is asked by ourselves: every contradiction, how the
 * result is verified, and what a scorer found unclear.
 */
export function proposeScreen(
  state: InterviewState,
  thought: number,
  answer: ScreenAnswer,
): NewInterviewEvent {
  const contradictions = newContradictions(state, answer.contradictions);
  const assumptions = newAssumptions(state, answer.draft);
  const asked = answer.questions.flatMap((one) => fresh(state, one));
  const own: Unnumbered[] = [
    ...contradictions.map(({ made, sides }) => contradictionQuestion(made, sides)),
    ...unresolved(state).filter((one) => !isAsked(state, one, asked)).map((one) =>
      contradictionQuestion(one, one.sides.map(plainChoice))
    ),
  ];
  const verification = verificationQuestion(state);
  if (needsVerification(state, assumptions, asked) && !wasAnswered(state, verification)) {
    own.push(verification);
  }
  const drawn = unlike([...own, ...asked]).slice(0, MAX_QUESTIONS);
  if (drawn.length === 0 && blockers(state).length === 0) {
    const weak = weakestQuestion(state);
    if (weak) drawn.push(weak);
  }
  return interviewEvent("screen.proposed", {
    screen: state.screens + 1,
    thought,
    draft: draftOf(answer.draft),
    questions: drawn.map((one, index): Question => ({
      ...one,
      id: `q${state.questions.length + index + 1}`,
      // What was skipped and is put again by ourselves is still one question.
      replaces: one.replaces ?? lastLike(state, one.text)?.id ?? null,
    })),
    contradictions: contradictions.map((one) => one.made),
    assumptions,
  });
}

/** Contradictions that are not in the interview yet, with their numbers. */
export function newContradictions(
  state: InterviewState,
  found: readonly { text: string; sides: readonly (string | Choice)[] }[],
): { made: Contradiction; sides: Choice[] }[] {
  return unlike(found, state.contradictions).map(({ text, sides }, index) => {
    const choices = sides.map((side) => typeof side === "string" ? plainChoice(side) : side);
    const id = `c${state.contradictions.length + index + 1}`;
    const texts = choices.map((one) => one.text);
    return { made: { id, text: trimmed(text), sides: texts }, sides: choices };
  });
}

/** A side that nobody recommends. */
function plainChoice(text: string): Choice {
  return { text, recommended: false };
}

/** Whether a question waits for an answer that settles it; what was skipped is put again. */
function isAsked(
  state: InterviewState,
  contradiction: Contradiction,
  asked: readonly Unnumbered[],
): boolean {
  const waiting = [...asked, ...state.questions.filter((one) => !one.answer)];
  return waiting.some((one) => one.resolves === contradiction.id);
}

function draftOf(draft: ScreenAnswer["draft"]): Draft {
  return {
    goal: draft.goal,
    scope: draft.scope,
    nonGoals: draft.non_goals,
    constraints: draft.constraints,
    outputs: draft.outputs,
    verification: draft.verification.filter(verifies),
  };
}

/** Something that could say yes or no: a command whose answer is not sure, or a person who is named. */
function verifies({ run, human }: Draft["verification"][number]): boolean {
  if (run !== null) return !saysYes(run) && !saysNo(run) && !isPlaceholder(run);
  return human !== null && !namesNobody(human);
}

/**
 * What the draft takes for granted, of which the interview does not know yet: also how the result
 * is verified, which a model may propose and only a person can agree to.
 */
function newAssumptions(state: InterviewState, draft: ScreenAnswer["draft"]): DraftAssumption[] {
  const found: Omit<DraftAssumption, "id">[] = [
    ...draft.verification.filter(verifies).map((one) => ({
      kind: "verification" as const,
      text: `Verified by: ${verificationText(one)}`,
      reason: "proposed with the draft",
    })),
    ...draft.assumptions.map((one) => ({ kind: "draft" as const, ...one })),
  ];
  let number = state.assumptions.filter((one) => one.kind !== "delegated").length;
  return unlike(found, state.assumptions).map((one) => ({ id: `a${++number}`, ...one }));
}

/**
 * A model's question, unless it was put already; one that was skipped may be put again. An answer closes
 * what was skipped only where it is plainly to the same: an easy question must not close a hard one.
 */
function fresh(state: InterviewState, one: ScreenAnswer["questions"][number]): Unnumbered[] {
  const named = state.questions.find((other) =>
    other.id === one.replaces && other.topic === one.topic
  );
  const asked = lastLike(state, one.text) ?? named;
  if (asked && !isSkipped(state, asked)) return [];
  const before = asked && asksSame(asked, one) ? asked : undefined;
  const choices = shortened(one.many ? one.choices : recommendedOnce(one.choices));
  return [{
    topic: one.topic,
    text: one.text,
    why: one.why,
    choices,
    many: one.many && choices.length > 1,
    replaces: before?.id ?? null,
    // What settles a contradiction goes on doing so in other words.
    resolves: before?.resolves ?? null,
  }];
}

function lastLike(state: InterviewState, text: string): QuestionState | undefined {
  return state.questions.findLast((one) => comparedText(one.text) === comparedText(text));
}

function isSkipped(state: InterviewState, question: QuestionState): boolean {
  return question.answer?.kind === "skipped" && openQuestions(state).includes(question);
}

/** Of choices that leave each other out only one can be what is taken unless somebody says more. */
function recommendedOnce(choices: readonly Choice[]): Choice[] {
  const first = choices.findIndex((one) => one.recommended);
  return choices.map((one, index) => ({ ...one, recommended: index === first }));
}

function shortened(choices: readonly Choice[]): Choice[] {
  const different = unlike(choices);
  // The recommended ones must not be those that are left out.
  const wanted = new Set([...different.filter((one) => one.recommended), ...different]);
  const kept = new Set([...wanted].slice(0, MAX_CHOICES));
  return different.filter((one) => kept.has(one));
}

function needsVerification(
  state: InterviewState,
  assumptions: readonly DraftAssumption[],
  asked: readonly Unnumbered[],
): boolean {
  return !hasVerification(state) &&
    !assumptions.some((one) => one.kind === "verification") &&
    ![...asked, ...state.questions.filter((one) => !one.answer)]
      .some((one) => one.topic === "verification");
}

/** "You decide" was said to it: to ask again would be to ask the same. */
function wasAnswered(state: InterviewState, question: Unnumbered): boolean {
  const before = lastLike(state, question.text);
  return before !== undefined && isAnswered(before);
}

/** The first of each wording, without those that are known. */
function unlike<T extends { text: string }>(
  found: readonly T[],
  known: readonly { text: string }[] = [],
): T[] {
  const seen = new Set(known.map((one) => comparedText(one.text)));
  return found.filter(({ text }) => {
    if (seen.has(comparedText(text))) return false;
    seen.add(comparedText(text));
    return true;
  });
}

/** Without the full stop, so that it can stand inside a sentence. */
function trimmed(text: string): string {
  return text.trim().replace(/[.!]+$/, "");
}
