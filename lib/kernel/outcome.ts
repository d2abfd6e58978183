import type { ErrorCode } from "./error.ts";

/** Which limit ended a child: silence at the start, silence later, total time, bytes of output. */
export type LimitName = "start" | "idle" | "total" | "output" | "line";

/** Why an attempt or a child ended. The first writer wins: a cancel after a time-out stays a time-out. */
export type EndReason =
  | "completed"
  | "failed"
  | "timed_out"
  | "cancelled"
  | "refused"
  | "not_started";

/**
 * How an agent's attempt ended, in the words of every runtime. `completed` means that the agent
 * said that it is done: a claim, never a verdict.
 */
export interface Outcome {
  reason: EndReason;
  /** Set on every reason but `completed`. */
  code?: ErrorCode;
  /** One line for people: what was seen. */
  message?: string;
  /** What to type or change next. */
  hint?: string;
  /** Whether a new attempt may help without a change of anything. */
  retryable?: boolean;
  /** Which limit, when one ended it. */
  limit?: LimitName;
  /** When a rate limit resets: seconds from now, as the provider said. */
  retryAfterSeconds?: number;
  /** The agent's last words, without decoration. */
  finalText?: string;
  /** The agent's own session id, usable for resuming. */
  sessionId?: string;
}

/** Tokens and money as the provider reported them; a field that is absent is unknown, never zero. */
export interface Usage {
  /** Tokens read, without those served from a cache. */
  inputTokens?: number;
  cachedInputTokens?: number;
  cacheWriteTokens?: number;
  /** Tokens written, without reasoning where the provider tells them apart. */
  outputTokens?: number;
  reasoningTokens?: number;
  /** US dollars, as reported. */
  costUsd?: number;
}

/** Adds two reports field by field; what both leave out stays unknown. */
export function addUsage(a: Usage, b: Usage): Usage {
  const sum: Usage = {};
  for (
    const key of [
      "inputTokens",
      "cachedInputTokens",
      "cacheWriteTokens",
      "outputTokens",
      "reasoningTokens",
      "costUsd",
    ] as const
  ) {
    if (a[key] !== undefined || b[key] !== undefined) sum[key] = (a[key] ?? 0) + (b[key] ?? 0);
  }
  return sum;
}
