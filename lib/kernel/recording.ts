import type { ErrorCode } from "./error.ts";
import type { Usage } from "./outcome.ts";

/** What a write leaves: a plain or executable file, or a symbolic link whose target is the text. */
export type RecordedMode = "plain" | "executable" | "link";

/** One thing that an agent did. Writes, removals and commands really happen when it is played. */
export type RecordedStep =
  | { say: string }
  | { think: string }
  /** Without `mode`: as the file is; plain for a new one. */
  | { write: string; text: string; mode?: RecordedMode }
  | { write: string; base64: string; mode?: RecordedMode }
  | { remove: string }
  /** `exit`: the exit code when it was recorded; another one is pointed out. */
  | { run: string; exit?: number }
  /** A tool call as it was told of: shown, never done (its effects are writes and removals). */
  | { tool: string; summary: string; ok: boolean }
  | { wait_ms: number }
  /** Ends the attempt, as an agent CLI that fails. */
  | { fail: { code: ErrorCode; message: string } };

/** What one agent process did for one criterion. */
export interface RecordedAttempt {
  criterion: string;
  /** From 1. */
  attempt: number;
  /** SHA-256 of the prompt that it was made for. */
  prompt?: string;
  steps: RecordedStep[];
  finalText: string;
  usage?: Usage;
}

/** What a model answered to one question. */
export interface RecordedCompletion {
  /** What was asked for, as whoever asks calls it. */
  kind: string;
  /** Which question of that kind; from 1. */
  number: number;
  /** 1: the answer; 2: the one after a wrong one was sent back. Left out: 1. */
  turn?: number;
  /** SHA-256 of the prompt that it was made for. */
  prompt?: string;
  answer: string;
  usage?: Usage;
  /** There was no answer: this is how it ended. */
  fail?: { code: ErrorCode; message: string };
}

/** A recorded run: what the embedded runtime plays. Paths are relative to the agent's folder. */
export interface Recording {
  schema: 1;
  title: string;
  /** Runtime that it was recorded from. */
  runtime: string;
  attempts: RecordedAttempt[];
  /** Left out: nothing was asked. */
  completions?: RecordedCompletion[];
}

/** UTF-16 units that a recording may have. */
export const RECORDING_UNITS = 64 * 1024 * 1024;

/** Whether a recorded path stays inside the folder by its words alone, on every system. */
export function isInsidePath(path: string): boolean {
  return path !== "" && !/[\0\\]/.test(path) && !/^[A-Za-z]:/.test(path) &&
    path.split("/").every((part) =>
      part !== "" && part !== "." && part !== ".." && part.toLowerCase() !== ".git"
    );
}

/** Whether a link at `path` with this target points to something inside the folder. */
export function isInsideLink(path: string, target: string): boolean {
  if (
    target === "" || /[\0\\]/.test(target) || target.startsWith("/") || /^[A-Za-z]:/.test(target)
  ) {
    return false;
  }
  let depth = path.split("/").length - 1;
  for (const part of target.split("/")) {
    if (part === "..") depth--;
    else if (part !== "" && part !== ".") depth++;
    if (depth < 0) return false;
  }
  return true;
}
