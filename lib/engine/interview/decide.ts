import { OuroborosError } from "../../kernel/error.ts";
import {
  type AnsweredBy,
  interviewEvent,
  type InterviewEventData,
  type NewInterviewEvent,
  type SeedTried,
} from "./events.ts";
import { endHostThought } from "./ask_thought.ts";
import { nextStep } from "./next_step.ts";
import { openThings, trueScore } from "./open_things.ts";
import { resumeCommand } from "./resume_command.ts";
import { MAX_IDEA_CHARS } from "./screen.ts";
import type { InterviewState, SeedState } from "./state.ts";

/** Most characters of a correction or a reason. */
const MAX_LINE_CHARS = 2_000;
/** Seeds that a model is sent back on its own: each costs a call. */
const MOST_REFUSALS = 1;

/**
 * The first event. `idea` is the whole text, which may then be kept as a blob. Throws `usage` for an
 * idea that is empty, too long or no text.
 */
export function beginInterview(
  idea: string,
  data: InterviewEventData["interview.begun"],
): NewInterviewEvent[] {
  const text = idea.trim();
  if (text === "") {
    throw new OuroborosError({
      code: "usage",
      message: "Begin an interview: the idea is empty",
      hint: 'ouroboros interview "a page that lists expired coupons"',
    });
  }
  if (idea.length > MAX_IDEA_CHARS) {
    throw new OuroborosError({
      code: "usage",
      message: `Begin an interview: the idea has ${idea.length.toLocaleString("en-US")} characters`,
      hint: `The most is ${MAX_IDEA_CHARS.toLocaleString("en-US")}; name files instead`,
    });
  }
  if (idea.includes("\u0000")) {
    throw new OuroborosError({
      code: "usage",
      message: "Begin an interview: the idea is no text",
    });
  }
  const screens = [data.limits.screens, ...(data.auto ? [data.auto.screens] : [])];
  if (screens.some((one) => !Number.isInteger(one) || one < 1)) {
    throw new OuroborosError({
      code: "usage",
      message: "Begin an interview: the limit of screens must be a whole number of at least 1",
    });
  }
  return [interviewEvent("interview.begun", data)];
}

/** Corrects what was found in the project; a null text takes a fact away. Throws `usage`. */
export function correctFacts(
  state: InterviewState,
  data: InterviewEventData["facts.corrected"],
): NewInterviewEvent[] {
  refuseIfOver(state, "Correct the facts");
  for (const { id, text } of data.corrections) {
    const known = state.facts?.some((one) => one.id === id) ?? false;
    if (text === null && !known) {
      throw new OuroborosError({
        code: "not_found",
        message: `Correct fact "${id}": there is no such fact`,
        hint: `The facts are ${(state.facts ?? []).map((one) => one.id).join(", ") || "none"}`,
      });
    }
    if (text !== null) requireLine(text, `Correct fact "${id}"`);
  }
  return [...endHostThought(state), interviewEvent("facts.corrected", data)];
}

/** Somebody says that it is enough; the next step tells whether it is. */
export function askFinish(state: InterviewState, by: AnsweredBy): NewInterviewEvent[] {
  refuseIfOver(state, "Finish");
  return [...endHostThought(state), interviewEvent("finish.asked", { by })];
}

/** Makes the seed although it is not clear; records the true score, 1 where none was taken. */
export function forceSeed(
  state: InterviewState,
  said: { by: AnsweredBy; reason: string },
): NewInterviewEvent[] {
  refuseIfOver(state, "Force the seed");
  if (said.by === "auto") {
    throw new OuroborosError({
      code: "not_allowed",
      message: "Force the seed: only a person can",
    });
  }
  const score = trueScore(state);
  const open = openThings(state).map((one) => one.text);
  return [
    ...endHostThought(state),
    interviewEvent("interview.forced", {
      score: score ?? 1,
      measured: score !== null,
      open,
      ...said,
    }),
  ];
}

/**
 * Approves the review that is shown, and so confirms the assumptions that it lists. What is said after
 * a review takes it away: then this throws, so that nobody says yes to what they did not see.
 */
export function approveReview(
  state: InterviewState,
  review: number,
  by: AnsweredBy,
): NewInterviewEvent[] {
  const shown = shownReview(state, review, "Approve");
  const confirmed = shown.assumptions.map((one) => one.id);
  return [interviewEvent("review.approved", { review, confirmed, by })];
}

/** Declines the review that is shown: assumptions that do not hold, a remark, or both. */
export function declineReview(
  state: InterviewState,
  review: number,
  said: { rejected: readonly string[]; remark: string; by: AnsweredBy },
): NewInterviewEvent[] {
  const shown = shownReview(state, review, "Decline");
  const remark = said.remark.trim();
  const listed = shown.assumptions.map((one) => one.id);
  const odd = said.rejected.find((id) => !listed.includes(id));
  if (odd !== undefined) {
    throw new OuroborosError({
      code: "not_found",
      message: `Decline the review: it lists no assumption "${odd}"`,
      hint: `The assumptions are ${listed.join(", ") || "none"}`,
    });
  }
  if (said.rejected.length === 0) requireLine(remark, "Decline the review");
  return [interviewEvent("review.declined", { review, ...said, remark })];
}

/** Keeps what was said of the commands of the seed that a thought gave, and what these said. */
export function keepTrial(
  state: InterviewState,
  thought: number,
  trial: Omit<SeedTried, "digest">,
): NewInterviewEvent[] {
  const { digest } = seedOfThought(state, thought);
  return [interviewEvent("seed.tried", { digest, ...trial })];
}

/**
 * The seed that a thought gave, while it is shown. Errors: nothing_to_do where none is, conflict where
 * another one is.
 */
export function seedOfThought(state: InterviewState, thought: number): SeedState {
  refuseIfOver(state, "Try the seed");
  const seed = generatedSeed(state, "Try the seed");
  if (seed.thought === thought && nextStep(state).do === "freeze") return seed;
  throw new OuroborosError({
    code: "conflict",
    message: `Try the seed of thought ${thought}: another one is shown`,
    hint: resumeCommand(state),
  });
}

/** Sends the generated seed back with what is wrong. */
export function declineSeed(
  state: InterviewState,
  said: { remark: string; by: AnsweredBy },
): NewInterviewEvent[] {
  refuseIfOver(state, "Decline the seed");
  requireLine(said.remark.trim(), "Decline the seed");
  const { digest } = generatedSeed(state, "Decline the seed");
  return [interviewEvent("seed.declined", { digest, ...said, remark: said.remark.trim() })];
}

/**
 * Sends the generated seed back to the model with what was wrong when its checks were tried; nothing
 * where nothing was, and once only: after that a person sees it as it is.
 */
export function refuseSeed(
  state: InterviewState,
  problems: readonly string[],
): NewInterviewEvent[] {
  const { digest } = generatedSeed(state, "Refuse the seed");
  if (problems.length === 0 || state.refusals >= MOST_REFUSALS) return [];
  return [interviewEvent("seed.refused", { digest, problems })];
}

/** Freezes the seed that was generated, or what a person made of it, with the true score. */
export function freezeSeed(
  state: InterviewState,
  seed: { seedId: string; digest: string; blob: string; path: string },
): NewInterviewEvent[] {
  refuseIfOver(state, "Freeze the seed");
  generatedSeed(state, "Freeze the seed");
  const forced = state.forced !== null;
  const score = state.forced?.score ?? trueScore(state);
  return [interviewEvent("seed.frozen", { ...seed, score, forced })];
}

/** Ends it without a seed; what was said stays in the journal. */
export function abandonInterview(
  state: InterviewState,
  said: { by: AnsweredBy; reason: string },
): NewInterviewEvent[] {
  refuseIfOver(state, "Abandon the interview");
  return [interviewEvent("interview.abandoned", said)];
}

/** Throws `nothing_to_do` when the interview is over. */
export function refuseIfOver(state: InterviewState, action: string): void {
  const id = state.begun.interviewId;
  if (state.frozen) {
    throw new OuroborosError({
      code: "nothing_to_do",
      message: `${action}: the seed of interview "${id}" is frozen`,
      hint: `ouroboros run ${state.frozen.path}`,
    });
  }
  if (state.abandoned) {
    throw new OuroborosError({
      code: "nothing_to_do",
      message: `${action}: interview "${id}" was abandoned`,
      hint: "ouroboros interview",
    });
  }
}

function shownReview(state: InterviewState, review: number, action: string) {
  refuseIfOver(state, `${action} the review`);
  const shown = state.review;
  const hint = resumeCommand(state);
  if (!shown || shown.approved) {
    throw new OuroborosError({
      code: "nothing_to_do",
      message: `${action} the review: none is shown`,
      hint,
    });
  }
  if (shown.review !== review) {
    throw new OuroborosError({
      code: "conflict",
      message: `${action} review ${review}: another one is shown`,
      hint,
    });
  }
  return shown;
}

function generatedSeed(state: InterviewState, action: string) {
  if (state.seed) return state.seed;
  throw new OuroborosError({
    code: "nothing_to_do",
    message: `${action}: there is none yet`,
    hint: resumeCommand(state),
  });
}

function requireLine(text: string, action: string): void {
  if (text.trim() !== "" && text.length <= MAX_LINE_CHARS) return;
  throw new OuroborosError({
    code: "usage",
    message: text.trim() === ""
      ? `${action}: nothing is said`
      : `${action}: it has ${text.length.toLocaleString("en-US")} characters, ` +
        `${MAX_LINE_CHARS.toLocaleString("en-US")} is the most`,
  });
}
