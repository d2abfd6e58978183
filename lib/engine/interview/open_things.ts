import { belowFloors, floorFor, READY_AT, weightedScore } from "./clarity.ts";
import { choosesNoSide } from "./chooses_no_side.ts";
import type { InterviewState, QuestionState } from "./state.ts";

/** Something that keeps an interview from being clear, whatever a model says. */
export interface OpenThing {
  kind: "question" | "contradiction" | "verification" | "assumption";
  /** Of the question, contradiction or assumption; "verification" for the missing one. */
  id: string;
  /** One line for people. */
  text: string;
}

/** Characters of a question or contradiction that a line shows. */
const SHOWN_CHARS = 120;

/**
 * All that is open, in the order in which it is told. From what was asked, answered and confirmed
 * alone: the same answers give the same list, and no draft and no score makes it shorter.
 */
export function openThings(state: InterviewState): OpenThing[] {
  return [...blockers(state), ...openAssumptions(state)];
}

/** What is open and cannot be closed by approving a review. */
export function blockers(state: InterviewState): OpenThing[] {
  const questions = openQuestions(state).map((one) => ({
    kind: "question" as const,
    id: one.id,
    text: `${howOpen(one)}: ${short(one.text)}`,
  }));
  const contradictions = unresolved(state).map((one) => ({
    kind: "contradiction" as const,
    id: one.id,
    text: `contradiction: ${short(one.text)}`,
  }));
  const verification = hasVerification(state) ? [] : [{
    kind: "verification" as const,
    id: "verification",
    text: unverified(state),
  }];
  return [...questions, ...contradictions, ...verification];
}

function howOpen({ answer }: QuestionState): string {
  if (answer === null) return "not answered";
  return answer.kind === "skipped" ? "skipped" : "no side was chosen";
}

/** Contradictions that no answer settles. */
export function unresolved(state: InterviewState): InterviewState["contradictions"] {
  return state.contradictions.filter((one) =>
    !state.questions.some((question) => question.resolves === one.id && isAnswered(question))
  );
}

/**
 * Whether a question has an answer other than "skip for now". To one that settles a contradiction only
 * what picks a side is one: neither "you decide", where none was recommended, nor "both".
 */
export function isAnswered({ answer, choices, resolves }: QuestionState): boolean {
  if (answer === null || answer.kind === "skipped") return false;
  if (resolves === null) return true;
  if (answer.kind === "text") return !choosesNoSide(answer.text, choices.map((one) => one.text));
  return answer.kind === "choice" || choices.some((one) => one.recommended);
}

/** Questions that are open, in their last wording: skipped, or not answered at all. */
export function openQuestions(state: InterviewState): QuestionState[] {
  return state.questions.filter((one) => isOpenQuestion(state, one));
}

/** Open questions that were not even skipped: they are shown next. */
export function pendingQuestions(state: InterviewState): QuestionState[] {
  return openQuestions(state).filter((one) => one.answer === null);
}

/**
 * Whether a person picked how the result is verified, or what was drafted for it, with a command or
 * somebody who looks, is listed among the assumptions and so waits for a yes. Words alone are no way
 * to verify anything, as they may say that there is none; nor is "you decide", unless something was
 * recommended.
 */
export function hasVerification(state: InterviewState): boolean {
  return state.questions.some((one) => one.topic === "verification" && isDefinite(one)) ||
    state.assumptions.some((one) => one.kind === "verification" && one.state !== "rejected");
}

function isDefinite({ answer, choices }: QuestionState): boolean {
  if (answer?.kind === "choice") return true;
  return answer?.kind === "delegated" && choices.some((one) => one.recommended);
}

/** What is missing, for whoever can say it: a person in other words, a model in its draft. */
function unverified(state: InterviewState): string {
  const inWords = state.questions.some((one) =>
    one.topic === "verification" && one.answer?.kind === "text"
  );
  return inWords
    ? "words alone say how the result is verified, and no command and nobody who looks is named"
    : "nothing says how the result is verified";
}

/** The lowest score that what is open allows; see {@link floorFor}. */
export function floorOf(state: InterviewState): number {
  return floorFor(openThings(state).length);
}

/** The score that is told and recorded: a model's, held up by the floor; null: none was taken. */
export function trueScore(state: InterviewState): number | null {
  if (!state.score) return null;
  // What is there already may have been found, or denied, since.
  const overall = weightedScore(state.score.scores, state.brownfield);
  return Math.max(overall, floorOf(state));
}

/** "2 things are open: …", with at most three of them; empty when nothing is. */
export function openLine(things: readonly OpenThing[]): string {
  if (things.length === 0) return "";
  const shown = things.slice(0, 3).map((one) => one.text).join("; ");
  const more = things.length > 3 ? `; and ${things.length - 3} more` : "";
  const count = things.length === 1 ? "1 thing is" : `${things.length} things are`;
  return `${count} open: ${shown}${more}`;
}

/**
 * Why it is not clear enough for a review, one reason a line; empty: it is. Assumptions are no
 * reason: the review is where they are confirmed.
 */
export function unclearReasons(state: InterviewState): string[] {
  const open = blockers(state).map((one) => one.text);
  if (!state.score) return [...open, "how clear it is was not scored yet"];
  const { scores } = state.score;
  const overall = weightedScore(scores, state.brownfield);
  const score = overall > READY_AT
    ? [`the score ${overall.toFixed(2)} is above ${READY_AT.toFixed(2)}`]
    : [];
  return [...open, ...score, ...belowFloors(scores, state.brownfield)];
}

function openAssumptions(state: InterviewState): OpenThing[] {
  return state.assumptions.filter((one) => one.state === "open").map((one) => ({
    kind: "assumption",
    id: one.id,
    text: `not confirmed: ${short(one.text)}`,
  }));
}

/** Of a question that was put anew in other words the last wording counts, and any answer closes it. */
function isOpenQuestion(state: InterviewState, question: QuestionState): boolean {
  const root = rootOf(state, question);
  const wordings = state.questions.filter((one) => rootOf(state, one) === root);
  return wordings.at(-1) === question && !wordings.some(isAnswered);
}

function rootOf(state: InterviewState, question: QuestionState): string {
  let { id, replaces } = question;
  // A question replaces earlier ones only, so this ends; the bound is for a journal that was edited.
  for (let steps = 0; replaces !== null && steps < state.questions.length; steps++) {
    id = replaces;
    replaces = state.questions.find((one) => one.id === id)?.replaces ?? null;
  }
  return id;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > SHOWN_CHARS ? `${line.slice(0, SHOWN_CHARS - 1)}…` : line;
}
