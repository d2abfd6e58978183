import type {
  ChoiceReply,
  InterviewHooks,
  ReviewReply,
  Said,
  ScreenReply,
  SeedReply,
  TrialReply,
} from "../app/interview/interview_hooks.ts";
import { askChoices } from "./ask.ts";
import type { CommandContext } from "./command.ts";
import { askWords } from "./interview_facts.ts";
import { askText, pickValue } from "./interview_prompts.ts";
import type { Asking } from "./leaving.ts";
import { askQuestion, saysEnough } from "./interview_question.ts";
import type { InterviewStyle, InterviewView, QuestionView } from "./interview_view.ts";
import { interviewReviewText, reviewedAssumptions } from "./render/interview_review.ts";
import { interviewQuestionText, interviewScreenText } from "./render/interview_screen.ts";
import { interviewSeedText } from "./render/interview_seed.ts";
import { interviewTrialText } from "./render/interview_trial.ts";
import { clip } from "./render/text.ts";

/** What a dialogue needs of its surroundings. */
export interface DialogueParts extends Pick<CommandContext, "output"> {
  /** Aborts where the person left; `leave` makes it. */
  interrupt: AbortSignal;
  /** Takes away a line that is overwritten, before anything lasting is shown. */
  clear(): void;
  /** Whether the facts were shown by this process. */
  factsShown(): boolean;
}

/** What a dialogue remembers from one call of a hook to the next. */
interface Memory {
  /** The screen that stands above the questions, by what makes it another one. */
  shown: string;
  /** Questions of that screen. */
  of: number;
  /** Those of them that were answered here, in that order. */
  before: QuestionView[];
  /** Text of the seed that was shown before its trial. */
  seed: string;
}

const LEAVE = { kind: "leave" } as const;
const PERSON = "person";

/** Hooks that talk to the person at this terminal. Call only where one can be asked. */
export function interviewDialogue(
  parts: DialogueParts,
): Pick<InterviewHooks, "answer" | "review" | "choose" | "trial" | "seed"> {
  const memory: Memory = { shown: "", of: 0, before: [], seed: "" };
  const say = (text: string) => {
    parts.clear();
    parts.output.err(`\n${text}`);
  };
  return {
    answer: async (view) => await answer(view, { parts, memory, say }),
    choose: async (view) => await choose(view, { parts, memory, say }),
    review: async (view) => {
      say(interviewReviewText(view, styleOf(parts)));
      return await review(view, parts);
    },
    trial: async (_view, untried) => {
      say(interviewTrialText(untried, styleOf(parts)));
      memory.seed = untried.text;
      return await trial(parts);
    },
    seed: async (_view, draft) => {
      say(interviewSeedText(draft, styleOf(parts), { seen: memory.seed === draft.text }));
      return await seed(parts);
    },
  };
}

interface Talk {
  parts: DialogueParts;
  memory: Memory;
  say(text: string): void;
}

/** One question at a time, so that each answer is kept before the next is asked. */
async function answer(view: InterviewView, talk: Talk): Promise<ScreenReply> {
  showScreen(view, talk);
  return await askFirst(
    view.questions,
    talk,
    (open) => open.length === 0 ? (now) => askRemark(now, talk.parts) : undefined,
  );
}

/** Asks the first of these; `more` says what is asked behind its answer, by those that are open then. */
async function askFirst(
  questions: InterviewView["questions"],
  talk: Talk,
  more: (open: InterviewView["questions"]) => Said["more"],
): Promise<ScreenReply> {
  const [question, ...others] = questions;
  const reply = await askShown(question!, { talk, number: talk.memory.of - others.length });
  if (reply === undefined) return LEAVE;
  if (reply === "finish") return { kind: "finish", by: PERSON };
  const said = { kind: "answers", answers: [reply.answer], remark: "", by: PERSON } as const;
  // Behind "back" it may be another one's.
  const next = more(reply.answer.question === question!.id ? others : questions);
  return next ? { ...said, more: next } : said;
}

/** What else is said to a screen whose questions are all answered; undefined: nothing. */
async function askRemark(
  { facts: { facts } }: InterviewView,
  asking: Asking,
): Promise<ScreenReply | undefined> {
  const words = await askWords({
    text: "Anything else, or wrong above?",
    placeholder: 'Enter: no, "fact": correct one, "done": it is enough',
  }, { facts, asking });
  if (words === undefined) return LEAVE;
  if (words === null) return undefined;
  if (saysEnough(words.remark)) return { kind: "finish", by: PERSON };
  const said = { kind: "answers", answers: [], by: PERSON, ...words } as const;
  // Where one is wrong another may be.
  return words.facts ? { ...said, more: (now) => askRemark(now, asking) } : said;
}

function showScreen(view: InterviewView, { parts, memory, say }: Talk): void {
  const key = JSON.stringify([view.screens, view.refused, view.step]);
  if (memory.shown === key) return;
  say(interviewScreenText(view, { style: styleOf(parts), facts: !parts.factsShown() }));
  memory.shown = key;
  memory.of = view.questions.length;
  memory.before = [];
}

/** Asks a question, or behind "back" one before it: the later of two answers to the same one holds. */
async function askShown(question: QuestionView, at: { talk: Talk; number: number }) {
  const { parts, memory } = at.talk;
  const { before } = memory;
  const style = styleOf(parts);
  for (let back = 0;; back++) {
    const place = before.length - back;
    const shown = back === 0 ? question : before[place]!;
    const number = at.number - back;
    parts.clear();
    parts.output.err(`\n${interviewQuestionText(shown, { style, number, of: memory.of })}`);
    const reply = await askQuestion(shown, { ...parts, back: place > 0 });
    if (reply === "back") continue;
    if (back === 0) before.push(question);
    return reply;
  }
}

/** It is not clear, and a person says what is to be done. */
async function choose(view: InterviewView, talk: Talk): Promise<ChoiceReply> {
  const { parts } = talk;
  talk.say(interviewScreenText(view, { style: styleOf(parts), facts: false }));
  while (true) {
    const picked = await pickValue({
      text: "It is not clear enough yet, and there is nothing more to ask. What now?",
      choices: [
        ...(view.questions.length === 0 ? [] : [{ value: "answer", label: "Answer what is open" }]),
        { value: "remark", label: "Say more in my own words" },
        { value: "force", label: "Make the seed all the same", hint: "records the true score" },
        { value: "keep", label: "Stop here and keep it" },
        { value: "abandon", label: "Abandon it" },
      ],
      preset: view.questions.length === 0 ? "remark" : "answer",
    }, parts);
    const reply = picked === undefined ? LEAVE : await chosen(picked, view, talk);
    if (reply !== null) return reply;
  }
}

/** What was chosen; null: nothing was said to it, so that it is asked again. */
async function chosen(
  value: string,
  view: InterviewView,
  talk: Talk,
): Promise<ChoiceReply | null> {
  const { parts } = talk;
  switch (value) {
    case "answer":
      talk.memory.of = view.questions.length;
      talk.memory.before = [];
      return await answerOpen(view.questions, talk);
    case "remark": {
      const question = { text: "What should be known?", placeholder: '"fact": correct one' };
      const words = await askWords(question, { facts: view.facts.facts, asking: parts });
      if (words === undefined) return LEAVE;
      return words && { kind: "answers", answers: [], ...words, by: PERSON };
    }
    case "force": {
      const reason = await askText({ text: "Why is it good enough?" }, parts);
      if (reason === undefined) return LEAVE;
      return reason === "" ? null : { kind: "force", reason, by: PERSON };
    }
    case "abandon": {
      const reason = await askText({ text: "Why?", placeholder: "Enter: no reason" }, parts);
      return reason === undefined ? LEAVE : { kind: "abandon", reason, by: PERSON };
    }
    default:
      return LEAVE;
  }
}

/** All open questions, one behind the other: between two of them no model is asked again. */
async function answerOpen(
  questions: InterviewView["questions"],
  talk: Talk,
): Promise<ScreenReply> {
  return await askFirst(
    questions,
    talk,
    (open) => open.length === 0 ? undefined : () => answerOpen(open, talk),
  );
}

async function review(view: InterviewView, asking: Asking): Promise<ReviewReply> {
  const assumptions = reviewedAssumptions(view);
  while (true) {
    const picked = await pickValue({
      text: "Is this what is wanted?",
      choices: [
        { value: "approve", label: "Yes" },
        ...(assumptions.length === 0
          ? []
          : [{ value: "reject", label: "Some assumptions do not hold" }]),
        { value: "wrong", label: "Something is wrong or missing" },
        { value: "leave", label: "Stop here and keep it" },
      ],
      preset: "approve",
    }, asking);
    if (picked === undefined || picked === "leave") return LEAVE;
    if (picked === "approve") return { kind: "approve", by: PERSON };
    const rejected = picked === "reject"
      ? await askChoices({
        text: "Which do not hold?",
        choices: assumptions.map((one) => ({
          value: one.id,
          label: clip(`${one.id}  ${one.text}`, Math.max(30, asking.output.columns() * 2 - 30)),
        })),
        preset: [],
      }, asking)
      : [];
    if (rejected === undefined) return LEAVE;
    if (rejected.length > 0) {
      const question = { text: "What holds instead?", placeholder: "Enter: nothing to add" };
      const remark = await askText(question, asking);
      return remark === undefined ? LEAVE : { kind: "decline", rejected, remark, by: PERSON };
    }
    const words = await askWords({
      text: "What is to be changed?",
      placeholder: 'Enter: nothing, "fact": correct one',
    }, { facts: view.facts.facts, asking });
    if (words === undefined) return LEAVE;
    // Nothing was said: the same question again.
    if (words === null) continue;
    if (words.facts) return { kind: "answers", answers: [], ...words, by: PERSON };
    return { kind: "decline", rejected, remark: words.remark, by: PERSON };
  }
}

async function trial(asking: Asking): Promise<TrialReply> {
  const picked = await pickValue({
    text: "Try its checks now?",
    choices: [
      { value: "try", label: "Yes, run these commands" },
      { value: "skip", label: "No, go on without having tried them" },
      { value: "leave", label: "Stop here and keep it" },
    ],
    preset: "try",
  }, asking);
  if (picked === undefined || picked === "leave") return LEAVE;
  return { kind: picked === "try" ? "try" : "skip" };
}

async function seed(asking: Asking): Promise<SeedReply> {
  while (true) {
    const picked = await pickValue({
      text: "Freeze this seed?",
      choices: [
        { value: "freeze", label: "Yes, freeze it" },
        { value: "decline", label: "No, something is to be changed" },
        { value: "leave", label: "Stop here and keep it" },
      ],
      preset: "freeze",
    }, asking);
    if (picked === undefined || picked === "leave") return LEAVE;
    if (picked === "freeze") return { kind: "freeze", by: PERSON };
    const remark = await askText({ text: "What is to be changed?" }, asking);
    if (remark === undefined) return LEAVE;
    if (remark !== "") return { kind: "decline", remark, by: PERSON };
  }
}

function styleOf({ output }: Pick<DialogueParts, "output">): InterviewStyle {
  return { color: output.talkColor, columns: output.columns() };
}
