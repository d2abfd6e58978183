import type { ErrorCode } from "../../kernel/error.ts";
import type { Answer, ListedAssumption, ThoughtKind } from "./events.ts";

/**
 * What is done next. Every step but the waiting ones (`wait`, `ask`, `confirm`, `choose`, `freeze`,
 * `stopped`, `over`) ends in events without a person, after which the next one is asked for.
 */
export type InterviewStep =
  /** Look at the project: `facts.found`. */
  | { do: "look" }
  /** Ask a model: `thought.asked`, then `thought.received` or `thought.failed`. */
  | {
    do: "think";
    kind: ThoughtKind;
    thought: number;
    basis: string;
    /** What was wrong with the last answer; goes into the request. */
    problems: readonly string[];
    /** Seconds to wait before it. */
    waitSeconds: number;
  }
  /** An answer was received and not read: `readThought`. Costs nothing. */
  | { do: "read"; thought: number; kind: ThoughtKind }
  /** Whoever asked is gone: keep what was left of the answer, or say that the thought failed. */
  | { do: "recover"; thought: number; kind: ThoughtKind }
  /** The host's model is at it, and the same request may be handed out again. */
  | { do: "wait"; thought: number; kind: ThoughtKind }
  /** Show the draft and these questions, and wait for answers. */
  | { do: "ask"; questions: readonly string[] }
  /** Nobody is asked: these answers are given. */
  | { do: "answer"; answers: readonly Answer[] }
  /** "Done" came too early: `finish.refused`. */
  | { do: "refuse"; reasons: readonly string[]; score: number | null }
  /** Show the review: `review.shown`. */
  | {
    do: "review";
    review: number;
    basis: string;
    assumptions: readonly ListedAssumption[];
    score: number | null;
  }
  /** The review was shown: wait for a yes or a no. */
  | { do: "confirm"; review: number }
  /** Nobody is asked: the review is approved. */
  | { do: "approve"; review: number; confirmed: readonly string[] }
  /** It is not clear and nothing more can be asked: a person answers, says more, forces or leaves. */
  | { do: "choose"; reasons: readonly string[] }
  /** There is a seed: try its checks, show it, freeze it or decline it. */
  | { do: "freeze" }
  /** It cannot go on by itself: `interview.paused`. */
  | { do: "pause"; code: ErrorCode; reason: string; hint: string | null }
  /** It is paused until somebody resumes it. */
  | { do: "stopped"; code: ErrorCode; reason: string; hint: string | null }
  /** Frozen or abandoned. */
  | { do: "over" };
