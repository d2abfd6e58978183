import type { ErrorCode } from "../../kernel/error.ts";
import type { RetryReason, RunResult, SettledState } from "./events.ts";

/** One attempt of one criterion. */
export interface AttemptAt {
  criterion: string;
  /** From 1. */
  attempt: number;
}

/** What a worker does next. Every step ends in events, after which the next step is asked for. */
export type Step =
  | { do: "admit" }
  /** Show the plan; nothing is paid for before. */
  | { do: "confirm" }
  | {
    do: "attempt";
    criterion: string;
    number: number;
    /** Session to go on with; null: a new one. */
    session: string | null;
    /** The worktree is put back to the branch's head before. */
    fresh: boolean;
    /** The worktree gets what others had brought onto the branch when this work broke something there. */
    merged: boolean;
    retry: RetryReason | null;
    /** Seconds to wait before it, as backoff. */
    waitSeconds: number;
  }
  /** The worker that made this attempt is gone: finish decoding what it left. */
  | { do: "recover" } & AttemptAt
  | { do: "record" } & AttemptAt
  | { do: "check" } & AttemptAt
  | { do: "integrate" } & AttemptAt
  /** Look at the branch with everything on it that was not looked at yet: this attempt and those of `with`. */
  | { do: "recheck"; with: readonly AttemptAt[] } & AttemptAt
  | { do: "revert" } & AttemptAt
  /** Of several attempts that broke something together, each is to be looked at alone. */
  | { do: "separate"; members: readonly AttemptAt[] }
  | { do: "settle"; criterion: string; state: SettledState; reason: string }
  /** A provider named the time from which on it answers again. */
  | { do: "wait"; untilMs: number; reason: string }
  | { do: "interrupt"; code: ErrorCode; reason: string; hint: string | null }
  | { do: "end"; result: RunResult; reason: string };
