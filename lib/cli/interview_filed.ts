import type { InterviewHooks, Said, ScreenReply } from "../app/interview/interview_hooks.ts";
import { saidBefore } from "../app/interview/said_before.ts";
import { OuroborosError } from "../kernel/error.ts";
import { nearestName } from "../kernel/nearest_name.ts";
import type { FiledAnswer, FiledAnswers } from "./interview_answers.ts";
import { filedFacts } from "./interview_filed_facts.ts";
import type { GivenAnswer, InterviewView, QuestionView } from "./interview_view.ts";

/** The hooks that a person is asked by. */
export type PersonHooks = Pick<InterviewHooks, "answer" | "review" | "choose" | "trial" | "seed">;

/** The same, and a look at what the file says of the facts. */
export type FiledHooks = PersonHooks & Required<Pick<InterviewHooks, "looked">>;

const FILE = "file";

/**
 * Hooks that answer from a file as long as it says something, and hand the rest to `others`. Each of
 * its answers is given once: a file that skips a question is not asked about it for ever.
 */
export function filedAnswers(filed: FiledAnswers, others: PersonHooks): FiledHooks {
  const used = new Set<string>();
  let remark = filed.remark;
  let [corrected, forced] = [false, false];
  /** What the file says of the facts, once; undefined: nothing that is not so already. */
  const facts = (view: InterviewView) => {
    if (corrected) return undefined;
    corrected = true;
    return filedFacts(filed, view);
  };
  /** What the file says to questions that have another answer; undefined: nothing. */
  const changed = (view: InterviewView): Said | undefined => {
    const answers = changedBy(filed, view, used);
    return answers.length === 0 ? undefined : { kind: "answers", answers, remark: "", by: FILE };
  };
  /** What the file says to these questions, or to a review; undefined: nothing that is new. */
  const said = (view: InterviewView): ScreenReply | undefined => {
    const answers = [...changedBy(filed, view, used), ...givenTo(filed, view, used)];
    const told = facts(view);
    if (answers.length > 0 || remark !== "" || told) {
      const reply: ScreenReply = {
        ...{ kind: "answers", answers, remark, by: FILE },
        ...(told ? { facts: told } : {}),
      };
      remark = "";
      return reply;
    }
    if (filed.force === null || forced) return undefined;
    forced = true;
    return { kind: "force", reason: filed.force, by: FILE };
  };
  return {
    // A slip in the file is told before a model is paid for.
    looked: (view) => void filedFacts(filed, view),
    answer: async (view) => said(view) ?? await others.answer(view),
    choose: async (view) => said(view) ?? await others.choose(view),
    review: async (view) => {
      const other = changed(view);
      if (other) return other;
      const told = facts(view);
      if (told) return { kind: "answers", answers: [], remark: "", facts: told, by: FILE };
      if (!filed.approve) return await others.review(view);
      return { kind: "approve", by: FILE };
    },
    trial: async (view, seed) => {
      const other = changed(view);
      if (other) return other;
      return filed.approve ? { kind: "try", unseen: true } : await others.trial(view, seed);
    },
    seed: async (view, draft) => {
      const other = changed(view);
      if (other) return other;
      // A yes that was written before is none to checks that decide nothing.
      if (!filed.approve || !draft.decides) return await others.seed(view, draft);
      return { kind: "freeze", by: FILE, unseen: true };
    },
  };
}

/** Ids that the file answers and the interview never asked, each with the nearest that it did. */
export function neverAsked(filed: FiledAnswers, view: InterviewView): string[] {
  const asked = [...view.answers, ...view.questions].map((one) => one.id);
  return [...filed.byId.keys()].filter((id) => !asked.includes(id)).map((id) => {
    const near = nearestName(id, asked);
    return near === undefined ? id : `${id} (did you mean ${near}?)`;
  });
}

/** Answers to questions that were answered otherwise: the later one holds, as anywhere else. */
function changedBy(filed: FiledAnswers, view: InterviewView, used: Set<string>): GivenAnswer[] {
  return view.answers.flatMap(({ id, choices, kind }) => {
    const answer = kind === "skipped" || used.has(id) ? null : filed.byId.get(id) ?? null;
    if (answer === null) return [];
    used.add(id);
    const given = { question: id, ...chosenByText({ choices }, answer) };
    return saidBefore(view, given) ? [] : [given];
  });
}

function givenTo(filed: FiledAnswers, view: InterviewView, used: Set<string>): GivenAnswer[] {
  const screen = takeScreen(filed, view, used);
  return view.questions.flatMap((question, at) => {
    if (used.has(question.id)) return [];
    const answer = filed.byId.get(question.id) ?? screen[at] ?? null;
    if (answer === null) return [];
    used.add(question.id);
    return [{ question: question.id, ...chosenByText(question, answer) }];
  });
}

/** The list for this screen, the first time that it is shown. Errors: usage (it answers too many). */
function takeScreen(
  filed: FiledAnswers,
  view: InterviewView,
  used: Set<string>,
): readonly FiledAnswer[] {
  const key = `screen ${view.screens}`;
  // Where a person has to choose, the questions are those of all screens.
  if (used.has(key) || view.step !== "ask") return [];
  used.add(key);
  const list = filed.screens[view.screens - 1] ?? [];
  if (list.length > view.questions.length) {
    throw new OuroborosError({
      code: "usage",
      message: `Use the answers "${filed.name}": screens[${view.screens - 1}] has ` +
        `${list.length} answers, the screen asks ${view.questions.length}`,
      hint: `It asks ${view.questions.map((one) => one.id).join(", ")}`,
    });
  }
  return list;
}

/** A text that is word for word one of the choices picks it. */
function chosenByText(
  question: Pick<QuestionView, "choices">,
  answer: NonNullable<FiledAnswer>,
): NonNullable<FiledAnswer> {
  const { text, choices } = answer;
  if (text === undefined || choices !== undefined) return answer;
  return question.choices.some((one) => one.text === text) ? { choices: [text] } : answer;
}
