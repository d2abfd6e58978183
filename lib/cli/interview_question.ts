import { askChoices, type Choice } from "./ask.ts";
import { askText, pickOne, sayTaken, typedAt } from "./interview_prompts.ts";
import type { Asking } from "./leaving.ts";
import type { GivenAnswer, QuestionView } from "./interview_view.ts";
import { clip } from "./render/text.ts";

/** What a person made of one question, `back`: the one before it is meant; undefined: they left. */
export type QuestionReply = { answer: GivenAnswer } | "finish" | "back" | undefined;

/** Who is asked a question. */
export interface AskingQuestion extends Asking {
  /** A question was answered before this one, which "back" leads to. */
  back?: boolean;
}

const OWN = "own";
const DELEGATE = "delegate";
const SKIP = "skip";
const BACK = "back";

/** Ways that every question offers beside its choices. */
function otherWays({ back }: AskingQuestion): readonly Choice[] {
  return [
    { value: OWN, label: "In my own words" },
    { value: DELEGATE, label: "I don't know: you decide" },
    { value: SKIP, label: "Skip for now" },
    ...(back === true ? [{ value: BACK, label: "Back to the question before" }] : []),
  ];
}

function freeHint({ back }: AskingQuestion): string {
  const before = back === true ? ', "back" is the question before' : "";
  return `Enter skips, "you decide" leaves it to us, "done" ends it${before}`;
}

/** Asks one question, by its choices where it has some, else by a line. */
export async function askQuestion(
  question: QuestionView,
  asking: AskingQuestion,
): Promise<QuestionReply> {
  if (question.choices.length === 0) return await askFreely(question, asking);
  return question.many ? await askMany(question, asking) : await askOne(question, asking);
}

/**
 * Whether a line says that it is enough. Only these words alone do: an answer may well end in "done".
 */
export function saysEnough(text: string): boolean {
  return /^["']?(done|enough|(generate|create)( the)? seed)["']?[.!]?$/i.test(text.trim());
}

async function askFreely(
  question: QuestionView,
  asking: AskingQuestion,
): Promise<QuestionReply> {
  const text = await askText({ text: "Your answer", placeholder: freeHint(asking) }, asking);
  return text === undefined ? undefined : ofWords(question, text, asking);
}

function ofWords(question: QuestionView, text: string, { back }: AskingQuestion): QuestionReply {
  if (back === true && /^["']?back["']?$/i.test(text)) return "back";
  if (saysEnough(text)) return "finish";
  if (text === "") return { answer: { question: question.id, skip: true } };
  return { answer: { question: question.id, text } };
}

async function askOne(question: QuestionView, asking: AskingQuestion): Promise<QuestionReply> {
  const choices = ordered(question, asking);
  const picked = await pickOne({
    text: asking.output.readsKeys
      ? `Your answer (or type: a number, your own words, "done"${
        asking.back === true ? ', "back"' : ""
      })`
      : "A number, or your own words",
    choices: [...choices, ...otherWays(asking)],
    preset: choices[0]!.value,
    free: true,
  }, asking);
  if (picked === undefined) return undefined;
  if ("words" in picked) return ofWords(question, picked.words, asking);
  return await ofValue(question, picked.value, asking);
}

async function ofValue(
  question: QuestionView,
  value: string,
  asking: AskingQuestion,
): Promise<QuestionReply> {
  if (value === OWN) return await askFreely(question, asking);
  if (value === DELEGATE) return { answer: { question: question.id, delegate: true } };
  if (value === BACK) return "back";
  if (value === SKIP) return { answer: { question: question.id, skip: true } };
  return { answer: { question: question.id, choices: [Number(value)] } };
}

async function askMany(question: QuestionView, asking: AskingQuestion): Promise<QuestionReply> {
  const choices = ordered(question, asking);
  const recommended = choices.filter((one) => one.hint !== undefined).map((one) => one.value);
  while (true) {
    const all = [...choices, ...otherWays(asking)];
    const asked = { text: "Which of these? More than one may be picked", choices: all };
    const list = (asking: Asking) =>
      askChoices({
        ...asked,
        preset: recommended.length > 0 ? recommended : [choices[0]!.value],
      }, asking);
    const said = asking.output.readsKeys ? await typedAt(asked, asking, list) : await list(asking);
    if (said === "") continue;
    const values = typeof said === "string" ? numbered(said, all) : said;
    if (values === undefined) {
      if (typeof said !== "string") return undefined;
      if (!/^[\d,\s]+$/.test(said)) return ofWords(question, said, asking);
      asking.output.err(`"${said}" is none of them: answer with numbers, as in "1,2"\n`);
      continue;
    }
    if (typeof said === "string" && asking.output.readsKeys) sayTaken(values, all, asking);
    const numbers = values.map(Number).filter((one) => !Number.isNaN(one));
    const others = values.filter((one) => Number.isNaN(Number(one)));
    const alone = others.filter((one) => one !== OWN);
    if (alone.length > 0 && values.length > 1) {
      asking.output.err('"You decide", "skip" and "back" stand alone: pick again\n');
      continue;
    }
    if (alone.length > 0) return await ofValue(question, alone[0]!, asking);
    if (others.length === 0) return { answer: { question: question.id, choices: numbers } };
    const reply = await askFreely(question, asking);
    if (reply === undefined || typeof reply === "string" || numbers.length === 0) return reply;
    const text = reply.answer.text;
    return {
      answer: { question: question.id, choices: numbers, ...(text === undefined ? {} : { text }) },
    };
  }
}

/** The values of choices by their numbers in a line; undefined where it is anything else. */
function numbered(line: string, choices: readonly Choice[]): string[] | undefined {
  const values = line.split(/[\s,]+/).filter((word) => word !== "")
    .map((word) => /^\d+$/.test(word) ? choices[Number(word) - 1]?.value : undefined);
  return values.some((one) => one === undefined) ? undefined : [...new Set(values as string[])];
}

/** A question's choices by their numbers, what is recommended first and marked. */
function ordered({ choices }: QuestionView, { output }: Asking): Choice[] {
  // Longer ones wrap to several lines of a list, which then outgrows a small screen.
  const room = Math.max(30, output.columns() * 2 - 30);
  return choices.map((one, at) => ({ one, at }))
    .sort((a, b) => Number(b.one.recommended) - Number(a.one.recommended) || a.at - b.at)
    .map(({ one, at }) => ({
      value: String(at + 1),
      label: clip(one.text, room),
      ...(one.recommended ? { hint: "recommended" } : {}),
    }));
}
