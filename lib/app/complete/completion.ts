import type { ErrorCode } from "../../kernel/error.ts";
import type { Outcome, Usage } from "../../kernel/outcome.ts";
import type { RuntimeEvent } from "../../kernel/runtime_event.ts";
import type { ChildIdentity } from "../../process/child.ts";
import type { JsonSchema } from "../../runtimes/definition.ts";

/** What an answer has to be: in words for a model, and as a decision of ours. */
export interface AnswerSchema<T> {
  jsonSchema: JsonSchema;
  /** Never throws. A problem is one line, with the path of what is wrong: it is sent back as it is. */
  parse(value: unknown): { value: T } | { problems: readonly string[] };
}

/** One message of a conversation. */
export interface Message {
  role: "user" | "assistant";
  text: string;
}

/** One question to a model. */
export interface Question<T> {
  /** What it is about, "interview.screen": a name for records. */
  kind: string;
  /** Which question of that kind this is, from 1: a recording finds its answer by both. */
  number: number;
  /** What the model is to be, and the rules of its answer. */
  systemText: string;
  /** The last one is the user's. */
  messages: readonly Message[];
  schema: AnswerSchema<T>;
  /** Absolute folder that may be looked at; left out: an empty one of ours. */
  folder?: string;
  /**
   * Beginning of the names of the files that hold a call's raw output, and stay: see
   * `finishedAnswer`. Left out: they go with the question.
   */
  spool?: string;
}

/** Limits of one question, over those of the runtime. */
export interface QuestionLimits {
  /** One call, in milliseconds. */
  callMs?: number;
  /** All calls and waits together, in milliseconds. */
  totalMs?: number;
  /** All waits for a provider's limits together, in milliseconds; 0: none. */
  waitMs?: number;
}

/** One call of the agent's CLI, before it starts. */
export interface CallStart {
  /** 1: the question; 2: the one repair. */
  turn: 1 | 2;
  /** From 1; more after failures that are tried again. */
  tryNumber: number;
  argv: readonly string[];
  prompt: string;
}

/** The same after its end. */
export interface CallEnd extends CallStart {
  outcome: Outcome;
  usage: Usage;
  durationMs: number;
  /** What was wrong with an answer that came; empty for a good one. */
  problems: readonly string[];
}

/** What whoever asks may do meanwhile; what a hook throws ends the question and is thrown on. */
export interface QuestionHooks {
  cancel: AbortSignal;
  limits?: QuestionLimits;
  /** Awaited before anything is started, and so paid for. */
  onCall?(call: CallStart): Promise<void>;
  /** The process is there: to be found again after our death. */
  onStarted?(identity: ChildIdentity): Promise<void>;
  onEvent?(event: RuntimeEvent): void;
  /** Awaited after each call. */
  onEnd?(call: CallEnd): Promise<void>;
  /** Nothing is paid for while it waits. */
  onWait?(wait: { seconds: number; reason: string }): void;
}

/** Why there is no answer. */
export interface AnswerFailure {
  /** That of the last call, or `answer_invalid`. */
  code: ErrorCode;
  message: string;
  hint?: string;
  /** Whether the same question may be answered later, unchanged. */
  retryable: boolean;
  /** When a provider's limit ends, as it said. */
  retryAfterSeconds?: number;
}

/** What came of a question, and what it took. */
export type Answer<T> =
  & ({ ok: true; value: T } | { ok: false; failure: AnswerFailure })
  & {
    calls: readonly CallEnd[];
    /** Of all calls; what a runtime does not report stays unknown. */
    usage: Usage;
    waitedMs: number;
  };
