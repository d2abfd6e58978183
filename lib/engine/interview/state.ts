import type { ErrorCode } from "../../kernel/error.ts";
import type { Usage } from "../../kernel/outcome.ts";
import type { Scores } from "./clarity.ts";
import type {
  Answer,
  AnsweredBy,
  AutoBounds,
  Fact,
  InterviewEventData,
  KeptText,
  ListedAssumption,
  NamedThinker,
  SeedTried,
  Thinker,
  ThoughtKind,
} from "./events.ts";
import type { Contradiction, Draft, Question } from "./screen.ts";

/** One call of a model. */
export interface ThoughtState {
  number: number;
  kind: ThoughtKind;
  basis: string;
  request: string;
  by: Thinker;
  /** As it came; null: not yet, or never. */
  answer: KeptText | null;
  failure: {
    code: ErrorCode;
    reason: string;
    problems: readonly string[];
    retryable: boolean;
    retryAfterSeconds: number | null;
  } | null;
  /** What it said is in the interview: a screen, a score, a seed. */
  used: boolean;
}

/** A question and the answer that stands now. */
export interface QuestionState extends Question {
  screen: number;
  /** Null: not answered, or the assumption that stood for an answer was rejected. */
  answer: Answer | null;
  by: AnsweredBy | null;
}

/** An assumption, and what a person said to it. */
export interface AssumptionState extends ListedAssumption {
  kind: "delegated" | "draft" | "verification";
  state: "open" | "confirmed" | "rejected";
}

/** A score as it was taken. */
export interface ScoreState {
  basis: string;
  scores: Scores;
  /** It was good enough, and nothing was open then but assumptions that a review lists. */
  ready: boolean;
  /** Screens that there were then. */
  screen: number;
}

/** A seed that was written and is not frozen. */
export interface SeedState {
  /** Number of the thought that it came of. */
  thought: number;
  blob: string;
  digest: string;
  /** What a host's user said of its commands, and these of the project; null: nothing yet. */
  tried: SeedTried | null;
  /** What was wrong with its checks as they were tried; empty: nothing, or they were not yet. */
  problems: readonly string[];
  /** Another one is asked for; this one is shown if none comes. */
  again: boolean;
}

/** An interview, folded from its events. */
export interface InterviewState {
  begun: InterviewEventData["interview.begun"];
  begunAt: string;
  /** Null: the project was not looked at yet. */
  facts: Fact[] | null;
  brownfield: boolean;
  auto: AutoBounds | null;
  thinker: NamedThinker;
  thoughts: ThoughtState[];
  /** Since the last one that went well, or the last resume. */
  failures: number;
  usage: Usage;
  /** Calls of a model that ended. */
  calls: number;
  /** Screens that were proposed, and how many of them a model made. */
  screens: number;
  drawn: number;
  /** The last draft. */
  draft: Draft | null;
  questions: QuestionState[];
  contradictions: Contradiction[];
  assumptions: AssumptionState[];
  /** What people said beside answers, with the number of screens that there were then. */
  remarks: { text: string; screen: number }[];
  score: ScoreState | null;
  /** Scores in a row that were ready. */
  streak: number;
  /** Somebody said that it is enough, and was not told anything yet. */
  finishing: boolean;
  refused: InterviewEventData["finish.refused"] | null;
  review: (InterviewEventData["review.shown"] & { approved: boolean }) | null;
  reviews: number;
  forced: InterviewEventData["interview.forced"] | null;
  seed: SeedState | null;
  /** Seeds that were sent back since a person last said something. */
  refusals: number;
  frozen: (InterviewEventData["seed.frozen"] & { at: string }) | null;
  paused: InterviewEventData["interview.paused"] | null;
  abandoned: { by: AnsweredBy; reason: string; at: string } | null;
  version: number;
  updatedAt: string;
}
