import { OuroborosError } from "../../kernel/error.ts";
import { nearestName } from "../../kernel/nearest_name.ts";
import { endHostThought } from "./ask_thought.ts";
import { correctFacts, refuseIfOver } from "./decide.ts";
import {
  type Answer,
  type AnsweredBy,
  interviewEvent,
  type InterviewEventData,
  type NewInterviewEvent,
} from "./events.ts";
import { type AskedQuestion, MAX_ANSWER_CHARS } from "./screen.ts";
import type { InterviewState, QuestionState } from "./state.ts";
import { delegatedAnswer, textAnswer } from "./text_answer.ts";
import { answerText } from "./transcript.ts";

/** Why something is assumed in place of an answer. */
const DELEGATED = "you left it to us";

/** An answer as it comes from a person, a file or a host. */
export interface GivenAnswer {
  /** Id of the question. */
  question: string;
  /** Numbers of choices, from 1, or their texts. */
  choices?: readonly (number | string)[];
  /** An answer in own words, or what is said beside choices. */
  text?: string;
  /** "I don't know: you decide". */
  delegate?: boolean;
  /** "Skip for now". */
  skip?: boolean;
}

/** What of the project's facts is not so; see `facts.corrected`. */
export type FactCorrections = Omit<InterviewEventData["facts.corrected"], "by">;

/**
 * Answers to open or answered questions; a later answer takes the place of an earlier one. Throws
 * `not_found` for a question that there is not, `usage` for an answer that cannot be meant, and
 * `nothing_to_do` when nothing was said. Nothing is taken of a list of which one is refused. Facts that
 * are corrected beside them are corrected first.
 */
export function giveAnswers(
  state: InterviewState,
  given: readonly GivenAnswer[],
  said: { remark?: string; facts?: FactCorrections; by: AnsweredBy },
): NewInterviewEvent[] {
  refuseIfOver(state, "Answer");
  const remark = (said.remark ?? "").trim();
  refuseIfLong(remark, "Add a remark");
  const facts = said.facts && says(said.facts)
    ? correctFacts(state, { ...said.facts, by: said.by })
    : [];
  const silent = given.length === 0 && remark === "";
  if (silent && facts.length === 0) {
    throw new OuroborosError({
      code: "nothing_to_do",
      message: "Answer: neither an answer nor a remark was given",
    });
  }
  const answers = given.map((one) => answerOf(questionOf(state, one.question), one));
  return [
    // Both end a wait for the host's model; once is enough.
    ...(facts.length > 0 ? facts : endHostThought(state)),
    ...(silent ? [] : [interviewEvent("answers.given", { answers, remark, by: said.by })]),
  ];
}

function says({ corrections, brownfield }: FactCorrections): boolean {
  return corrections.length > 0 || brownfield !== undefined;
}

function questionOf(state: InterviewState, id: string): QuestionState {
  const found = state.questions.find((one) => one.id === id);
  if (found) return found;
  const ids = state.questions.map((one) => one.id);
  const near = nearestName(id, ids);
  throw new OuroborosError({
    code: "not_found",
    message: `Answer question "${id}": there is no such question`,
    hint: near !== undefined
      ? `Did you mean "${near}"?`
      : ids.length > 0
      ? `The questions are ${ids.join(", ")}`
      : "Nothing was asked yet",
  });
}

/** What an answer would come to, in one text. Throws `usage` for one that cannot be meant. */
export function answerSays(question: AskedQuestion, given: GivenAnswer): string {
  return answerText(answerOf(question, given));
}

function answerOf(question: AskedQuestion, given: GivenAnswer): Answer {
  const text = (given.text ?? "").trim();
  const action = `Answer question "${question.id}"`;
  refuseIfLong(text, action);
  const ways = [given.skip === true, given.delegate === true, (given.choices ?? []).length > 0];
  if (ways.filter(Boolean).length > 1 || (text !== "" && (ways[0] || ways[1]))) {
    throw new OuroborosError({
      code: "usage",
      message: `${action}: it is answered in more than one way`,
      hint: "Give choices and a text, or delegate, or skip",
    });
  }
  if (given.skip) return { question: question.id, kind: "skipped" };
  if (given.delegate) return delegatedAnswer(question, DELEGATED);
  if (ways[2]) {
    const choices = choicesOf(question, given.choices!, action);
    return { question: question.id, kind: "choice", choices, text };
  }
  if (text === "") {
    throw new OuroborosError({ code: "usage", message: `${action}: the answer is empty` });
  }
  return textAnswer(question, text, DELEGATED);
}

function choicesOf(
  question: AskedQuestion,
  picked: readonly (number | string)[],
  action: string,
): string[] {
  const texts = question.choices.map((one) => one.text);
  const choices = picked.map((one) => {
    const text = typeof one === "number" ? texts[one - 1] : texts.find((other) => other === one);
    if (text !== undefined) return text;
    throw new OuroborosError({
      code: "usage",
      message: `${action}: there is no choice "${one}"`,
      hint: texts.length === 0
        ? "It has no choices; answer in your own words"
        : `The choices are ${texts.map((other, at) => `${at + 1} "${other}"`).join(", ")}`,
    });
  });
  const different = texts.filter((text) => choices.includes(text));
  if (different.length > 1 && !question.many) {
    throw new OuroborosError({
      code: "usage",
      message: `${action}: only one choice can be picked`,
    });
  }
  return different;
}

function refuseIfLong(text: string, action: string): void {
  if (text.length <= MAX_ANSWER_CHARS) return;
  const most = MAX_ANSWER_CHARS.toLocaleString("en-US");
  throw new OuroborosError({
    code: "usage",
    message: `${action}: it has ${text.length.toLocaleString("en-US")} characters`,
    hint: `The most is ${most}; put the rest into a file of the project and name it`,
  });
}
