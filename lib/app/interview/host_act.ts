import type { GivenAnswer } from "../../engine/interview/give_answers.ts";
import { OuroborosError } from "../../kernel/error.ts";

/** What a host passes on of its user's words; every part may be left out. */
export interface HostSaid {
  answers?: readonly GivenAnswer[] | undefined;
  /** An answer in own words to the one question that waits. */
  answer?: string | undefined;
  /** Said to the draft, to a review or to a seed, or beside answers. */
  remark?: string | undefined;
  /** It is enough: whatever is open. */
  finish?: boolean | undefined;
  /** Number of the review that the user agreed to. */
  approve?: number | undefined;
  /** Ids of assumptions that do not hold. */
  reject?: readonly string[] | undefined;
  /** Number of the thought that gave the seed whose commands the user lets run. */
  try?: number | undefined;
  /** The same, where they let none run. */
  leave?: number | undefined;
}

/** What a host may hand in with one call. */
export interface HostInput extends HostSaid {
  /** An idea in words: a new interview. */
  initialContext?: string | undefined;
  /** Id of an interview, or the end of one. */
  interviewId?: string | undefined;
  /** Number of the thought that {@link draft} answers. */
  thought?: number | undefined;
  /** What the host's model made of a thought: a value, or JSON as text. */
  draft?: unknown;
}

/** One call of a host, told apart by what it does. */
export type HostAct =
  | { act: "start"; idea: string }
  /** Undefined: the latest of the project. */
  | { act: "resume"; interviewId: string | undefined }
  /** Undefined: the same, for an answer in own words, as a person types it behind `ooo answer`. */
  | { act: "say"; interviewId: string | undefined; said: HostSaid }
  | { act: "draft"; interviewId: string; thought: number; draft: unknown };

const WAYS = "Give initial_context to begin; session_id alone to look; session_id with answers, " +
  "answer, remark, finish, approve, reject or try to pass on what the user said; session_id with " +
  "thought and draft to hand in what you were asked for";

/** Which of the four a call is. Throws `usage` for a mix, and says what there is. */
export function hostAct(input: HostInput): HostAct {
  const { initialContext, interviewId, thought, draft } = input;
  const said = saidOf(input);
  const drafts = thought !== undefined || draft !== undefined;
  if (initialContext !== undefined) {
    if (interviewId !== undefined || said || drafts) {
      throw mixed("initial_context begins a new interview and stands alone");
    }
    return { act: "start", idea: initialContext };
  }
  if (!said && !drafts) return { act: "resume", interviewId };
  const typed = said?.answer !== undefined && said.remark === undefined && !drafts;
  if (interviewId === undefined && typed) return { act: "say", interviewId, said };
  if (interviewId === undefined) throw mixed("session_id is missing");
  if (said && drafts) throw mixed("an answer and a draft come in calls of their own");
  if (said) return { act: "say", interviewId, said };
  if (thought === undefined || draft === undefined) {
    throw mixed("thought and draft come together");
  }
  return { act: "draft", interviewId, thought, draft };
}

/** What was said, if anything was, in one of the ways in which it can be said at once. */
function saidOf(input: HostInput): HostSaid | undefined {
  const { answers, answer, remark, finish, approve, reject, try: trial, leave } = input;
  const asked = answers?.map((one) => one.question) ?? [];
  const twice = asked.find((one, index) => asked.indexOf(one) !== index);
  if (twice !== undefined) throw mixed(`question "${twice}" is answered twice`);
  const given = {
    answers: answers?.length ? answers : undefined,
    answer: answer?.trim() || undefined,
    reject: reject?.length ? reject : undefined,
    approve,
    try: trial,
    leave,
    finish: finish || undefined,
    remark: remark?.trim() || undefined,
  };
  const names = Object.entries(given).flatMap(([name, one]) => one === undefined ? [] : [name]);
  if (names.length === 0) {
    if (answer === undefined && remark === undefined) return undefined;
    throw mixed("the answer is empty");
  }
  const alone = names.filter((name) => name !== "remark");
  const clash = alone.length > 1 || (given.remark && (given.approve || given.finish || given.try));
  if (clash) throw mixed(`${names.join(" and ")} cannot be said at once`);
  return given;
}

function mixed(detail: string): OuroborosError {
  return new OuroborosError({
    code: "usage",
    message: `Go on with an interview: ${detail}`,
    hint: WAYS,
  });
}
