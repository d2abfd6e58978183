import type { ErrorCode } from "../../kernel/error.ts";
import type { NewEvent, StoredEvent } from "../../kernel/event.ts";
import type { Usage } from "../../kernel/outcome.ts";
import type { Scores } from "./clarity.ts";
import type { Contradiction, Draft, DraftAssumption, Question } from "./screen.ts";

/** A text that may be too large for an event. `chars` and `head` serve lists that load no blob. */
export type KeptText =
  | { text: string }
  | { blob: string; chars: number; head: string };

/** What a fact tells of the project. */
export type FactTopic =
  | "language"
  | "manifest"
  | "entry_point"
  | "test_command"
  | "build_command"
  | "git"
  | "convention"
  | "other";

/** Something that was found in the project without a model. */
export interface Fact {
  /** Unique among the facts of an interview. */
  id: string;
  topic: FactTopic;
  /** One line; of a command the command itself. */
  text: string;
  /** File that says so; null: a person did. */
  source: string | null;
}

/** What was found in the folder where the interview began. */
export interface ProjectFacts {
  /** There is a project already: the fourth dimension counts. */
  brownfield: boolean;
  facts: readonly Fact[];
}

/** What a model is asked for. */
export type ThoughtKind = "screen" | "score" | "seed";

/** Who thinks: an agent CLI that we start, or the model of the host that asks us. */
export interface Thinker {
  kind: "runtime" | "host";
  /** Name and version, for people. */
  name: string;
}

/** Who answered: `file`: read from a file of answers, `auto`: the recommended choices were taken. */
export type AnsweredBy = "person" | "file" | "host" | "auto" | "import";

/** An answer to one question. */
export type Answer =
  /** `text`: said beside the choices; empty: nothing. */
  | { question: string; kind: "choice"; choices: readonly string[]; text: string }
  | { question: string; kind: "text"; text: string }
  /** "I don't know: you decide"; what is assumed instead waits to be confirmed. */
  | { question: string; kind: "delegated"; assumption: string; reason: string }
  | { question: string; kind: "skipped" };

/** Bounds of an interview that answers itself. */
export interface AutoBounds {
  /** Most screens that it answers. */
  screens: number;
}

/** Who was named to think for an interview, as typed; null: nobody. */
export interface NamedThinker {
  runtime: string | null;
  model: string | null;
}

/** Limits of an interview. */
export interface InterviewLimits {
  /** Most screens that a model is asked for. */
  screens: number;
}

/** An assumption as a review lists it. */
export interface ListedAssumption {
  /** Id of the assumption: of a delegated answer the question's. */
  id: string;
  text: string;
  reason: string;
  /** A person left the decision to us, or `auto` did. */
  delegated: boolean;
}

/** Where an imported interview comes from. */
export interface ImportedFrom {
  id: string;
  status: "in_progress" | "completed" | "aborted";
  createdAt: string | null;
  updatedAt: string | null;
  /** As the file had it: measured by others, so it decides nothing here. */
  score: number | null;
}

/** Data of every event of an interview's stream, by type. */
export interface InterviewEventData {
  "interview.begun": {
    interviewId: string;
    /** Absolute path of the project at that time; null: none. */
    project: string | null;
    idea: KeptText;
    /** Null: the project was not looked at yet. */
    facts: ProjectFacts | null;
    /** Null: a person, a file or a host answers. */
    auto: AutoBounds | null;
    /** Left out: nobody was named. */
    thinker?: NamedThinker;
    limits: InterviewLimits;
    imported: ImportedFrom | null;
    version: string;
  };
  "facts.found": ProjectFacts;
  "facts.corrected": {
    /** New wordings by id; null: it is not so. An id that is new adds a fact. */
    corrections: readonly { id: string; text: string | null }[];
    /** Left out: as it was. */
    brownfield?: boolean;
    by: AnsweredBy;
  };
  /** Written before every call of a model. */
  "thought.asked": {
    /** 1, 2, 3, … */
    thought: number;
    kind: ThoughtKind;
    /** Digest of what it is asked about; see `transcriptDigest`. */
    basis: string;
    /** Digest of the whole request. */
    request: string;
    by: Thinker;
  };
  /**
   * The answer as it came; it is read in a step of its own, so that it is never paid for twice. `calls`
   * of the model, with those that mended an answer; left out: one.
   */
  "thought.received": { thought: number; answer: KeptText; usage: Usage; calls?: number };
  "thought.failed": {
    thought: number;
    code: ErrorCode;
    reason: string;
    /** What was wrong with an answer; goes into the request that asks again. */
    problems: readonly string[];
    retryable: boolean;
    /** As the provider said; null: not. */
    retryAfterSeconds: number | null;
    usage: Usage;
    calls?: number;
  };
  "screen.proposed": {
    /** 1, 2, 3, … */
    screen: number;
    /** Null: it was made without a model (an import). */
    thought: number | null;
    /** Null: an import knows none. */
    draft: Draft | null;
    questions: readonly Question[];
    /** Those that are new. */
    contradictions: readonly Contradiction[];
    /** Those that are new. */
    assumptions: readonly DraftAssumption[];
  };
  /** A later answer to the same question takes the place of the earlier one. */
  "answers.given": {
    answers: readonly Answer[];
    /** What was said to the draft or beside the questions; empty: nothing. */
    remark: string;
    by: AnsweredBy;
  };
  "clarity.scored": {
    /** Null: it was imported. */
    thought: number | null;
    basis: string;
    scores: Scores;
    /** Weighted sum of the scores alone, without the floor. */
    overall: number;
    contradictions: readonly Contradiction[];
  };
  /** Somebody says that it is enough. */
  "finish.asked": { by: AnsweredBy };
  "finish.refused": { reasons: readonly string[]; score: number | null };
  "review.shown": {
    /** 1, 2, 3, … */
    review: number;
    basis: string;
    assumptions: readonly ListedAssumption[];
    score: number | null;
  };
  /** Confirms the assumptions that it lists. */
  "review.approved": { review: number; confirmed: readonly string[]; by: AnsweredBy };
  "review.declined": {
    review: number;
    /** Assumptions that do not hold. */
    rejected: readonly string[];
    /** What is to be changed, in the person's words; empty: only the assumptions. */
    remark: string;
    by: AnsweredBy;
  };
  /** The seed is made although it is not clear; `score` is the true one. */
  "interview.forced": {
    score: number;
    /** Whether a model ever scored it; if not, the score is 1. */
    measured: boolean;
    open: readonly string[];
    by: AnsweredBy;
    reason: string;
  };
  "seed.generated": { thought: number; blob: string; digest: string };
  /** A host's user let its commands run or not: what it is shown with from then on. */
  "seed.tried": SeedTried;
  /** Its checks were tried on the project and cannot decide: the model is told, once. */
  "seed.refused": { digest: string; problems: readonly string[] };
  "seed.declined": { digest: string; remark: string; by: AnsweredBy };
  "seed.frozen": {
    seedId: string;
    digest: string;
    blob: string;
    /** Where it was written. */
    path: string;
    score: number | null;
    forced: boolean;
  };
  /** It cannot go on by itself; a resume tries again. */
  "interview.paused": { code: ErrorCode; reason: string; hint: string | null };
  /** `auto` or `thinker` left out: as it was. */
  "interview.resumed": { by: AnsweredBy; auto?: AutoBounds | null; thinker?: NamedThinker };
  "interview.abandoned": { by: AnsweredBy; reason: string };
}

/** What was said of a seed's commands in a host, and what they said. */
export interface SeedTried {
  digest: string;
  /** Who let them run, or not. */
  by: AnsweredBy;
  checks: readonly TriedCheck[];
  remarks: readonly string[];
  /** Why they were not tried; null: they were. */
  problem: string | null;
}

/** A check of a seed that is not frozen, and what it says of the project as it is. */
export interface TriedCheck {
  criterion: string;
  check: string;
  says: string;
}

/** Every event type of an interview's stream. */
export type InterviewEventType = keyof InterviewEventData;

/** A stored event of an interview's stream, told apart by `type`. */
export type InterviewEvent = {
  [T in InterviewEventType]: StoredEvent<T, InterviewEventData[T]>;
}[InterviewEventType];

/** An event of an interview's stream before it is appended. */
export type NewInterviewEvent = {
  [T in InterviewEventType]: NewEvent<T, InterviewEventData[T]>;
}[InterviewEventType];

/** Makes an event of an interview's stream; the schema number is the present one of that type. */
export function interviewEvent<T extends InterviewEventType>(
  type: T,
  data: InterviewEventData[T],
): NewEvent<T, InterviewEventData[T]> {
  return { type, schema: 1, data };
}

/** Name of an interview's stream. */
export function interviewStream(interviewId: string): string {
  return `interview:${interviewId}`;
}
