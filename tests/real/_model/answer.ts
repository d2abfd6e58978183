import type { Tokens, ToolCall } from "./turn.ts";

/** What one generation answers: text or one tool call. */
export interface Answer {
  model: string;
  text?: string;
  /** The provider marks it as a refusal. */
  refused?: boolean;
  call?: ToolCall;
  /** Unique in the life of the server: a CLI may drop a call whose id it has seen. */
  callId: string;
  tokens: Tokens;
}

/** An answer as server-sent events, in two parts so that it can be cut or held between them. */
export interface Frames {
  /** Up to and including the text. */
  head: string[];
  /** The rest: end of the message, usage, end of the stream. */
  tail: string[];
}

/** One server-sent event. */
export function frame(data: unknown, event?: string): string {
  return `${event ? `event: ${event}\n` : ""}data: ${
    typeof data === "string" ? data : JSON.stringify(data)
  }\n\n`;
}
