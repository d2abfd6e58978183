import type { Outcome, Usage } from "../../kernel/outcome.ts";
import type { RuntimeEvent } from "../../kernel/runtime_event.ts";
import type { Decode, FailureRule, RuntimeExit, RuntimeRequest } from "../definition.ts";
import { clip } from "./clip.ts";
import { codexItemEvents } from "./codex_item.ts";
import {
  exitInWords,
  failedOutcome,
  gaveUpOutcome,
  type OutcomeParts,
  stoppedOutcome,
} from "./failure.ts";
import { asNumber, asObject, asText, type JsonObject, parseJsonLine } from "./json_line.ts";
import { type LoopWatch, startLoopWatch, watchCall } from "./loop_watch.ts";
import { scrub } from "./scrub.ts";
import { usableSessionId } from "./session_id.ts";
import { usageSince } from "./usage.ts";

const TITLE = "Codex";

/** Codex waits for a network for ever; after so many waits, some three minutes, it is told to stop. */
export const NETWORK_WAITS = 6;

/** Lines of stderr that say nothing about how the attempt went. */
const STDERR_NOISE = /^(Reading additional input from stdin|WARNING: proceeding|$)/;

/** What is known of one Codex process so far. */
export interface CodexState {
  /** The thread that was asked for. */
  resume?: string;
  threadId?: string;
  /** The thread's usage before this attempt; undefined where it is unknown. */
  before?: Usage;
  finalText?: string;
  turnDone: boolean;
  /** Message of `turn.failed`. */
  failed?: string;
  /** The last error, final or not. */
  lastError?: string;
  networkWaits: number;
  loop: LoopWatch;
  gaveUp?: Extract<RuntimeEvent, { type: "give_up" }>;
}

/** The decoder of `codex exec --json`. `failures` gives meaning to its messages: it has no codes. */
export function codexDecode(failures: readonly FailureRule[]): Decode<CodexState> {
  return {
    start: (request) => startState(request),
    line: (state, stream, line) =>
      stream === "stdout" ? stdoutLine(state, line) : stderrLine(state, line),
    finish: (state, exit) => finish(state, exit, failures),
  };
}

function startState({ resume, previousThreadUsage }: RuntimeRequest): CodexState {
  return {
    ...(resume === undefined ? {} : { resume }),
    ...(resume === undefined
      ? { before: {} }
      : previousThreadUsage === undefined
      ? {}
      : { before: previousThreadUsage }),
    turnDone: false,
    networkWaits: 0,
    loop: startLoopWatch({ rounds: false }),
  };
}

/** Comes before each turn, and says nothing: not worth a parse. */
const TURN_STARTED = '{"type":"turn.started"}';

function stdoutLine(state: CodexState, line: string): RuntimeEvent[] {
  if (line === TURN_STARTED) return [];
  const event = parseJsonLine(line);
  switch (event?.type) {
    case "thread.started":
      return threadStarted(state, event);
    case "item.started":
    case "item.completed": {
      const item = asObject(event.item);
      if (!item) return [];
      const events = codexItemEvents(item, event.type === "item.completed");
      for (const one of events) if (one.type === "text") state.finalText = one.text;
      if (event.type === "item.completed") events.push(...circle(state, item));
      return events;
    }
    case "error":
      return errorSeen(state, asText(event.message) ?? "");
    case "turn.completed":
      state.turnDone = true;
      return turnUsage(state, asObject(event.usage));
    case "turn.failed":
      state.failed = asText(asObject(event.error)?.message) ?? state.lastError ?? "";
      return [];
    default:
      return [];
  }
}

/** Codex asks a model for ever that makes the same call for ever: 600 paid requests in 100 s. */
function circle(state: CodexState, item: JsonObject): RuntimeEvent[] {
  const input = item.command ?? item.changes ?? item.arguments;
  if (input === undefined) return [];
  const result = [item.aggregated_output, item.exit_code, item.result, item.error, item.status];
  const tool = asText(item.tool) ?? asText(item.type) ?? "?";
  const text = watchCall(state.loop, { tool, input, result });
  return text === undefined ? [] : giveUp(state, "turn_limit", text);
}

function threadStarted(state: CodexState, event: JsonObject): RuntimeEvent[] {
  const id = usableSessionId(event.thread_id);
  if (id === undefined) return [];
  // An unknown name on `resume` starts a new thread without a word (spec §1.5): stop before it is
  // paid for, since the agent would know nothing of what the prompt refers to.
  if (state.resume !== undefined && id !== state.resume) {
    return giveUp(
      state,
      "session_lost",
      `Started thread ${id} instead of resuming ${state.resume}`,
    );
  }
  state.threadId = id;
  return [{ type: "started", sessionId: id }];
}

function errorSeen(state: CodexState, message: string): RuntimeEvent[] {
  // Servers quote the key that they refuse.
  state.lastError = scrub(message);
  // Top-level errors are not final: "Reconnecting... 2/5" is often followed by success (spec §1.3).
  const events: RuntimeEvent[] = [{
    type: "notice",
    level: "warning",
    text: clip(state.lastError),
  }];
  if (/waiting for network/i.test(message) && ++state.networkWaits === NETWORK_WAITS) {
    events.push(...giveUp(state, "connection_failed", message));
  }
  return events;
}

function giveUp(
  state: CodexState,
  code: "session_lost" | "connection_failed" | "turn_limit",
  text: string,
): RuntimeEvent[] {
  if (state.gaveUp) return [];
  state.gaveUp = { type: "give_up", code, text: clip(text) };
  return [state.gaveUp];
}

/** Totals are over the whole thread, resumed turns included (spec §1.3): only the rest is new. */
function turnUsage(state: CodexState, raw: JsonObject | undefined): RuntimeEvent[] {
  if (!raw) return [];
  if (!state.before) {
    return [{
      type: "notice",
      level: "info",
      text: "Usage of this attempt is unknown: Codex counts over the whole thread",
    }];
  }
  const total = neutralUsage(raw);
  const usage = usageSince(total, state.before);
  state.before = total;
  return [{ type: "usage", usage }];
}

function neutralUsage(raw: JsonObject): Usage {
  const input = asNumber(raw.input_tokens);
  const cached = asNumber(raw.cached_input_tokens);
  const output = asNumber(raw.output_tokens);
  const reasoning = asNumber(raw.reasoning_output_tokens);
  const cacheWrite = asNumber(raw.cache_write_input_tokens);
  return {
    ...(input === undefined ? {} : { inputTokens: Math.max(0, input - (cached ?? 0)) }),
    ...(cached === undefined ? {} : { cachedInputTokens: cached }),
    ...(cacheWrite === undefined ? {} : { cacheWriteTokens: cacheWrite }),
    ...(output === undefined ? {} : { outputTokens: Math.max(0, output - (reasoning ?? 0)) }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
}

/** A patch that did not apply is told on stderr alone (spec §1.3). */
function stderrLine(state: CodexState, line: string): RuntimeEvent[] {
  const text = /^\S+Z\s+ERROR\s+(.*)$/.exec(line)?.[1];
  if (text === undefined) {
    const fatal = /^Error: (.*)$/.exec(line)?.[1];
    if (fatal !== undefined) state.lastError = fatal;
    return [];
  }
  // Said by some versions at the end of a turn that went well.
  if (text.includes("failed to record rollout items")) return [];
  return [{ type: "notice", level: "warning", text: clip(scrub(text)) }];
}

function finish(state: CodexState, exit: RuntimeExit, rules: readonly FailureRule[]): Outcome {
  const parts: OutcomeParts = {
    ...(state.threadId === undefined ? {} : { sessionId: state.threadId }),
    ...(state.finalText === undefined ? {} : { finalText: state.finalText }),
  };
  const stopped = stoppedOutcome(exit, {
    title: TITLE,
    parts,
    ...(state.lastError === undefined ? {} : { seen: state.lastError }),
  });
  if (stopped) return stopped;
  const failed = (text: string, fallback: "agent_failed" | "empty_response" = "agent_failed") =>
    failedOutcome(readable(text), {
      rules,
      evidence: text,
      fallback: { code: fallback, retryable: true },
      parts,
      endedAtMs: exit.endedAtMs,
    });
  if (state.gaveUp) return gaveUpOutcome(state.gaveUp, { rules, parts });
  if (state.failed !== undefined) return failed(state.failed);
  if (state.turnDone) {
    if ((state.finalText ?? "").trim() !== "") return { reason: "completed", ...parts };
    return failed("Ended its turn without an answer", "empty_response");
  }
  const said = state.lastError ?? lastWords(exit.stderrTail);
  if (said !== "") return failed(said);
  const silent = exit.code === 0 && state.threadId === undefined;
  return failed(
    `${TITLE} ${exitInWords(exit)} before its turn was over`,
    silent ? "empty_response" : "agent_failed",
  );
}

function lastWords(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  return lines.filter((line) => !STDERR_NOISE.test(line)).slice(0, 3).join(" ");
}

/** Some messages are the server's whole JSON body (spec §1.4, 400). */
function readable(text: string): string {
  const body = parseJsonLine(text);
  return asText(asObject(body?.error)?.message) ?? asText(body?.message) ?? text;
}
