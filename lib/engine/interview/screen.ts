/** Most questions on one screen. */
export const MAX_QUESTIONS = 5;
/** Most choices of one question. */
export const MAX_CHOICES = 6;
/** Most characters of an idea (the original's limit). */
export const MAX_IDEA_CHARS = 50_000;
/** Most characters of one answer (the original's limit). */
export const MAX_ANSWER_CHARS = 10_000;

/** What a question is about: one for each part of a draft. */
export const TOPICS = [
  "goal",
  "scope",
  "constraints",
  "outputs",
  "verification",
  "context",
] as const;

/** A member of {@link TOPICS}. */
export type Topic = typeof TOPICS[number];

/** One way in which the work is to be verified: a command, or a person who looks. */
export interface Verification {
  /** What is seen when it holds. */
  text: string;
  /** Command line that decides it; null: none is known. */
  run: string | null;
  /** Who looks at it; null: nobody is named. */
  human: string | null;
}

/** Something that was taken for granted, and why. */
export interface Assumed {
  text: string;
  reason: string;
}

/** What was understood so far; shown on every screen. */
export interface Draft {
  goal: string;
  scope: readonly string[];
  nonGoals: readonly string[];
  constraints: readonly string[];
  outputs: readonly string[];
  verification: readonly Verification[];
}

/** One answer that can be picked. */
export interface Choice {
  text: string;
  recommended: boolean;
}

/**
 * A question. Free text, "I don't know: you decide" and "skip for now" are always allowed beside
 * its choices.
 */
export interface Question {
  /** "q1", "q2", … through the whole interview; given by us, never by who thinks. */
  id: string;
  topic: Topic;
  text: string;
  /** Why it is asked: what depends on it. */
  why: string;
  choices: readonly Choice[];
  /** More than one choice may be picked. */
  many: boolean;
  /** A question that was left open, which this one asks in other words; an answer closes both. */
  replaces: string | null;
  /** A contradiction that an answer to it settles. */
  resolves: string | null;
}

/** What of a question an answer is read by. */
export type AskedQuestion =
  & Pick<Question, "id" | "text" | "choices" | "many">
  & Partial<Pick<Question, "resolves">>;

/** Two or more things that cannot all hold. Only a person's answer settles it. */
export interface Contradiction {
  /** "c1", "c2", … through the whole interview. */
  id: string;
  text: string;
  sides: readonly string[];
}

/** An assumption that was made beside a draft. */
export interface DraftAssumption extends Assumed {
  /** "a1", "a2", … through the whole interview. */
  id: string;
  /** `verification`: how the work is to be verified was drafted, and nobody has said yes to it. */
  kind: "draft" | "verification";
}
