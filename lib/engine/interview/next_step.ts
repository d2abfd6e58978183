import { canonicalJson } from "../../kernel/canonical_json.ts";
import { sha256 } from "../../kernel/digest.ts";
import { qualifies } from "./clarity.ts";
import type { ListedAssumption, ThoughtKind } from "./events.ts";
import { autoAnswers } from "./auto_answers.ts";
import {
  blockers,
  isAnswered,
  pendingQuestions,
  trueScore,
  unclearReasons,
} from "./open_things.ts";
import { resumeCommand } from "./resume_command.ts";
import { MAX_QUESTIONS } from "./screen.ts";
import type { InterviewState, ThoughtState } from "./state.ts";
import type { InterviewStep } from "./step.ts";
import { transcriptDigest } from "./transcript.ts";

/** Thoughts that may fail in a row until it pauses: two more tries, each told what was wrong. */
const MOST_FAILURES = 3;
/** Seconds before the second try; twice as long before the next. */
const BACKOFF_SECONDS = 2;
/** A provider that asks for more is not waited for: the interview pauses and says when. */
const LONGEST_WAIT_SECONDS = 120;

/**
 * What a worker, a terminal or a host does next, from the state alone: whoever dies anywhere is
 * followed by one that goes on there. No question that was answered is asked again, and no thought
 * that went well is paid for twice.
 */
export function nextStep(state: InterviewState): InterviewStep {
  if (state.frozen || state.abandoned) return { do: "over" };
  if (state.facts === null) return { do: "look" };
  const last = state.thoughts.at(-1);
  if (last && !last.used && !last.failure) return unfinished(last);
  if (state.paused) return { do: "stopped", ...state.paused };
  if (state.seed && !state.seed.again) return { do: "freeze" };
  if (state.forced || state.review?.approved) return writeSeed(state);
  if (state.finishing) return finish(state);
  if (state.review) return confirm(state);
  const pending = pendingQuestions(state).slice(0, MAX_QUESTIONS);
  if (pending.length > 0) {
    if (!state.auto) return { do: "ask", questions: pending.map((one) => one.id) };
    return { do: "answer", answers: autoAnswers(pending) };
  }
  return goOn(state);
}

/** The assumptions that a review lists: those that wait for a word. */
function listedAssumptions(state: InterviewState): ListedAssumption[] {
  return state.assumptions.filter((one) => one.state === "open")
    .map(({ id, text, reason, delegated }) => ({ id, text, reason, delegated }));
}

/** A thought was asked for, and what became of it is not in the interview yet. */
function unfinished(thought: ThoughtState): InterviewStep {
  const at = { thought: thought.number, kind: thought.kind };
  if (thought.answer) return { do: "read", ...at };
  return { do: thought.by.kind === "host" ? "wait" : "recover", ...at };
}

/** A seed, or another one; where that fails the one that is there is shown with what is wrong. */
function writeSeed(state: InterviewState): InterviewStep {
  const step = think(state, "seed");
  return step.do === "pause" && state.seed ? { do: "freeze" } : step;
}

/** Somebody said that it is enough: it is, or the reasons are told. */
function finish(state: InterviewState): InterviewStep {
  // Where it cannot be clear, no score is paid for.
  if (blockers(state).length === 0 && !isScored(state)) return think(state, "score");
  const reasons = unclearReasons(state);
  if (reasons.length > 0) return { do: "refuse", reasons, score: trueScore(state) };
  return review(state);
}

function goOn(state: InterviewState): InterviewStep {
  if (state.draft === null || isRemarked(state) || blockers(state).length > 0) {
    return screenOr(state);
  }
  if (!isScored(state)) return think(state, "score");
  if (qualifies(state.score!.scores, state.brownfield)) return review(state);
  return screenOr(state);
}

/** Another screen, where it may help; else a person has to say what is to be done. */
function screenOr(state: InterviewState): InterviewStep {
  const most = Math.min(state.begun.limits.screens, state.auto?.screens ?? Infinity);
  if (state.drawn < most && broughtSomething(state)) return think(state, "screen");
  // Measured before a person has to choose, so that they see how far it is.
  if (state.draft && blockers(state).length === 0 && !isScored(state)) return think(state, "score");
  const reasons = unclearReasons(state);
  return reasons.length === 0 ? review(state) : { do: "choose", reasons };
}

/**
 * Whether the last screen brought an answer, or a score has said since what is not clear; a screen
 * that was only skipped would be drawn again alike.
 */
function broughtSomething(state: InterviewState): boolean {
  if (state.drawn === 0 || isRemarked(state)) return true;
  const questions = state.questions.filter((one) => one.screen === state.screens);
  if (questions.length > 0) return questions.some(isAnswered);
  return state.score !== null && !state.score.ready && state.score.screen === state.screens;
}

/** Something was said since the last screen that its draft does not know. */
function isRemarked(state: InterviewState): boolean {
  return state.remarks.some((one) => one.screen === state.screens);
}

function isScored(state: InterviewState): boolean {
  return state.score?.basis === transcriptDigest(state);
}

/** A screen is drawn from the transcript and from what a score found unclear in it. */
function basisOf(state: InterviewState, kind: ThoughtKind): string {
  const digest = transcriptDigest(state);
  if (kind !== "screen" || !state.score || state.score.ready) return digest;
  return sha256(canonicalJson([digest, state.score.scores]));
}

function review(state: InterviewState): InterviewStep {
  return {
    do: "review",
    review: state.reviews + 1,
    basis: transcriptDigest(state),
    assumptions: listedAssumptions(state),
    score: trueScore(state),
  };
}

function confirm(state: InterviewState): InterviewStep {
  const { review, assumptions } = state.review!;
  if (!state.auto) return { do: "confirm", review };
  return { do: "approve", review, confirmed: assumptions.map((one) => one.id) };
}

function think(state: InterviewState, kind: ThoughtKind): InterviewStep {
  const last = state.thoughts.at(-1);
  const failure = state.failures > 0 ? last?.failure : null;
  const wait = failure ? waitSeconds(state, failure) : 0;
  const helps = failure?.retryable && state.failures < MOST_FAILURES &&
    wait <= LONGEST_WAIT_SECONDS;
  if (failure && !helps) {
    const { code, reason } = failure;
    return { do: "pause", code, reason, hint: resumeCommand(state) };
  }
  return {
    do: "think",
    kind,
    thought: (last?.number ?? 0) + 1,
    basis: basisOf(state, kind),
    problems: [...(kind === "seed" ? state.seed?.problems ?? [] : []), ...failure?.problems ?? []],
    waitSeconds: wait,
  };
}

function waitSeconds(
  state: InterviewState,
  failure: NonNullable<ThoughtState["failure"]>,
): number {
  // An answer that could not be used is asked for again at once.
  if (failure.problems.length > 0) return 0;
  return failure.retryAfterSeconds ?? BACKOFF_SECONDS * 2 ** (state.failures - 1);
}
