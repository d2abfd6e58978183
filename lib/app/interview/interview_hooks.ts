import type { AnsweredBy, InterviewEvent } from "../../engine/interview/events.ts";
import type { FactCorrections, GivenAnswer } from "../../engine/interview/give_answers.ts";
import type { InterviewView } from "../../engine/interview/view.ts";
import type { PlanView } from "../run/plan_view.ts";

/** What is told about an interview while it is worked on. Only `event` is in the journal. */
export type InterviewProgress =
  | { type: "event"; event: InterviewEvent }
  /** Something that takes a while begins. */
  | { type: "working"; text: string }
  /** A seed's commands are about to run, and nobody was shown them before. */
  | { type: "commands"; commands: readonly TrialCommand[] }
  | { type: "waiting"; seconds: number; reason: string }
  | { type: "notice"; text: string };

/** Nobody says anything now: what was said is kept, and a resume shows the same again. */
export interface Leave {
  kind: "leave";
}

/** Answers, a remark and what of the facts is not so, each where something is said to it. */
export interface Said {
  kind: "answers";
  answers: readonly GivenAnswer[];
  remark: string;
  facts?: FactCorrections;
  by: AnsweredBy;
  /** Asked once that is kept, with where it stands then: what is said besides; undefined: nothing. */
  more?: (view: InterviewView) => Promise<ScreenReply | undefined>;
}

/** What a person says to a screen of questions. */
export type ScreenReply =
  | Said
  /** It is enough, whatever is open; refused with the reasons where it is not. */
  | { kind: "finish"; by: AnsweredBy }
  | { kind: "force"; reason: string; by: AnsweredBy }
  | Leave;

/** What a person says to a review; what is said beside it takes the review away. */
export type ReviewReply =
  | Said
  | { kind: "approve"; by: AnsweredBy }
  | { kind: "decline"; rejected: readonly string[]; remark: string; by: AnsweredBy }
  | Leave;

/** What a person says where it is not clear and nothing more can be asked. */
export type ChoiceReply =
  | ScreenReply
  | { kind: "abandon"; reason: string; by: AnsweredBy };

/** A command of a seed, which a model wrote or the project suggests. */
export interface TrialCommand {
  /** Of the criterion that it checks; null: it prepares the copy of the project. */
  criterion: string | null;
  run: string;
  hidden: boolean;
  /** Paths of the files that the seed brings for it. */
  files: readonly string[];
}

/** A seed none of whose commands ran yet. */
export interface UntriedSeed {
  /** The seed file's text. */
  text: string;
  commands: readonly TrialCommand[];
}

/** What a person says before a seed's commands run. */
export type TrialReply =
  /** `unseen`: said before there was anything to see, so that they are told first. */
  | { kind: "try"; unseen?: true }
  /** None of them runs. */
  | { kind: "skip" }
  | Said
  | Leave;

/** A seed before it is frozen, with what its checks say on the project as it is. */
export interface SeedDraft {
  /** The seed file's text. */
  text: string;
  /** Null: its checks could not be tried, and `problem` says why. */
  plan: PlanView | null;
  problem: string | null;
  /** What is wrong with its checks, as whoever wrote it is told. */
  problems: readonly string[];
  /** What should be known before it is frozen, and what to do, a line each. */
  remarks: readonly string[];
  /** Its checks ran, and each criterion that has some can be decided by them. */
  decides: boolean;
}

/**
 * What a person says to a seed. `text`: what they made of it; `unseen`: said before there was anything
 * to see, so that its remarks are told. What is said beside it takes it away.
 */
export type SeedReply =
  | Said
  | { kind: "freeze"; text?: string; by: AnsweredBy; unseen?: true }
  | { kind: "decline"; remark: string; by: AnsweredBy }
  | Leave;

/** How an interview talks to the person at it. */
export interface InterviewHooks {
  /** Aborts when this process has to end; what was said is kept. */
  interrupt: AbortSignal;
  /** Told what was found, before anything is paid for; it may throw, which ends it there. */
  looked?(view: InterviewView): void;
  answer(view: InterviewView): Promise<ScreenReply>;
  review(view: InterviewView): Promise<ReviewReply>;
  choose(view: InterviewView): Promise<ChoiceReply>;
  trial(view: InterviewView, seed: UntriedSeed): Promise<TrialReply>;
  seed(view: InterviewView, draft: SeedDraft): Promise<SeedReply>;
}
