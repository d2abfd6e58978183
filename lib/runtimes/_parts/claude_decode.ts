import type { Outcome, Usage } from "../../kernel/outcome.ts";
import { addUsage } from "../../kernel/outcome.ts";
import type { RuntimeEvent } from "../../kernel/runtime_event.ts";
import type { Decode, FailureRule } from "../definition.ts";
import { claudeFinish } from "./claude_finish.ts";
import { claudeCallSummary, claudeResultSummary, claudeToolKind } from "./claude_tool.ts";
import { claudeInputUsage, claudeRest, claudeTotalUsage } from "./claude_usage.ts";
import { clip } from "./clip.ts";
import { asList, asNumber, asObject, asText, type JsonObject, parseJsonLine } from "./json_line.ts";
import { type LoopWatch, startLoopWatch, watchCall } from "./loop_watch.ts";
import { usableSessionId } from "./session_id.ts";

/** A refused sign-in is asked again for minutes (spec §2.4); after so many refusals it is stopped. */
export const SIGN_IN_RETRIES = 2;

/** The tool that `--json-schema` adds. */
const ANSWER_TOOL = "StructuredOutput";

/** What is known of one Claude process so far. */
export interface ClaudeState {
  resume?: string;
  sessionId?: string;
  /** Calls whose result has not come yet, by id. */
  calls: Map<string, { tool: string; input: unknown }>;
  loop: LoopWatch;
  /** Kinds of tools of which at least one call succeeded. */
  worked: Set<string>;
  /** Answers whose input was counted already: each content block repeats it. */
  counted: Set<string>;
  told: Usage;
  /** Class and text of the last error that the CLI put into the model's mouth. */
  errorClass?: string;
  lastRetry?: string;
  /** When the limit that stops it resets, as its last `rate_limit_event` says. */
  resetsAtMs?: number;
  /** Whether a model answered at all; local commands answer without one. */
  modelAnswered: boolean;
  /** The last input of the tool that takes the answer of a completion, as JSON. */
  structured?: string;
  result?: JsonObject;
  gaveUp?: Extract<RuntimeEvent, { type: "give_up" }>;
}

/** The decoder of `claude -p --output-format stream-json --verbose`. */
export function claudeDecode(failures: readonly FailureRule[]): Decode<ClaudeState> {
  return {
    start: ({ resume }) => ({
      ...(resume === undefined ? {} : { resume }),
      calls: new Map(),
      loop: startLoopWatch({ rounds: false }),
      worked: new Set(),
      counted: new Set(),
      told: {},
      modelAnswered: false,
    }),
    line: (state, stream, line) => stream === "stdout" ? stdoutLine(state, line) : stderrLine(line),
    finish: (state, exit): Outcome => claudeFinish(state, exit, failures),
  };
}

function stdoutLine(state: ClaudeState, line: string): RuntimeEvent[] {
  const event = parseJsonLine(line);
  switch (event?.type) {
    case "system":
      return systemEvent(state, event);
    case "assistant":
      return assistantEvent(state, event);
    case "user":
      return toolResults(state, event);
    case "result":
      return resultEvent(state, event);
    case "rate_limit_event":
      return rateLimit(state, event);
    default:
      return [];
  }
}

function systemEvent(state: ClaudeState, event: JsonObject): RuntimeEvent[] {
  if (event.subtype === "init") return sessionStarted(state, event);
  if (event.subtype !== "api_retry") return [];
  const status = asNumber(event.error_status);
  const error = asText(event.error) ?? "unknown";
  const seconds = Math.ceil((asNumber(event.retry_delay_ms) ?? 0) / 1000);
  state.lastRetry = `${error}${status === undefined ? "" : ` (${status})`}`;
  const attempt = asNumber(event.attempt) ?? 1;
  const events: RuntimeEvent[] = [{
    type: "notice",
    level: "warning",
    text: `Asks again in ${seconds} s, ${attempt} of ${
      asNumber(event.max_retries) ?? "?"
    }: ${state.lastRetry}`,
  }];
  if (error === "authentication_failed" && attempt >= SIGN_IN_RETRIES && !state.gaveUp) {
    events.push(
      giveUp(state, "not_signed_in", `The provider refused the sign-in: ${status ?? 401}`),
    );
  }
  return events;
}

/** Told whenever it changes; a limit that only warns, or that was lifted, stops nothing. */
function rateLimit(state: ClaudeState, event: JsonObject): RuntimeEvent[] {
  const info = asObject(event.rate_limit_info);
  const seconds = info?.status === "rejected" ? asNumber(info.resetsAt) : undefined;
  if (seconds === undefined) delete state.resetsAtMs;
  else state.resetsAtMs = seconds * 1000;
  return [];
}

/** `init` comes once a turn; only the first one starts the session. */
function sessionStarted(state: ClaudeState, event: JsonObject): RuntimeEvent[] {
  const id = usableSessionId(event.session_id);
  if (id === undefined || state.sessionId !== undefined) return [];
  if (state.resume !== undefined && id !== state.resume) {
    return state.gaveUp ? [] : [
      giveUp(state, "session_lost", `Started session ${id} instead of resuming ${state.resume}`),
    ];
  }
  state.sessionId = id;
  return [{ type: "started", sessionId: id }];
}

function giveUp(
  state: ClaudeState,
  code: "not_signed_in" | "session_lost" | "turn_limit",
  text: string,
): RuntimeEvent {
  state.gaveUp = { type: "give_up", code, text };
  return state.gaveUp;
}

function assistantEvent(state: ClaudeState, event: JsonObject): RuntimeEvent[] {
  const message = asObject(event.message);
  if (!message) return [];
  if (message.model === "<synthetic>") {
    // The CLI speaking for itself: an error, or a local command's answer; the result repeats it.
    const error = asText(event.error);
    if (error !== undefined) state.errorClass = error;
    return [];
  }
  state.modelAnswered = true;
  const ofSubagent = asText(event.parent_tool_use_id) !== undefined;
  const events: RuntimeEvent[] = [];
  for (const block of asList(message.content)) {
    const part = asObject(block);
    if (part) events.push(...contentBlock(state, part, ofSubagent));
  }
  const usage = inputOnce(state, message);
  if (usage) events.push({ type: "usage", usage });
  return events;
}

function contentBlock(state: ClaudeState, block: JsonObject, ofSubagent: boolean): RuntimeEvent[] {
  switch (block.type) {
    case "text": {
      const text = asText(block.text) ?? "";
      return text === "" ? [] : [{ type: ofSubagent ? "thinking" : "text", text }];
    }
    case "thinking": {
      const text = asText(block.thinking) ?? "";
      return text === "" ? [] : [{ type: "thinking", text }];
    }
    case "tool_use": {
      const callId = asText(block.id) ?? "";
      const tool = asText(block.name) ?? "?";
      state.calls.set(callId, { tool, input: block.input });
      if (tool === ANSWER_TOOL) state.structured = JSON.stringify(block.input);
      return [{ type: "tool_started", callId, tool, summary: claudeCallSummary(block.input) }];
    }
    default:
      return [];
  }
}

/** One event comes for each content block, all with the usage of the one answer (spec §2.3). */
function inputOnce(state: ClaudeState, message: JsonObject): Usage | undefined {
  const id = asText(message.id);
  if (id === undefined || state.counted.has(id)) return undefined;
  state.counted.add(id);
  const usage = claudeInputUsage(message);
  if (usage) state.told = addUsage(state.told, usage);
  return usage;
}

function toolResults(state: ClaudeState, event: JsonObject): RuntimeEvent[] {
  const events: RuntimeEvent[] = [];
  for (const block of asList(asObject(event.message)?.content)) {
    const part = asObject(block);
    if (part?.type !== "tool_result") continue;
    const callId = asText(part.tool_use_id) ?? "";
    const { tool, input } = state.calls.get(callId) ?? { tool: "?", input: callId };
    state.calls.delete(callId);
    const ok = part.is_error !== true;
    if (ok) state.worked.add(claudeToolKind(tool));
    events.push({ type: "tool_finished", callId, tool, ok, summary: claudeResultSummary(part) });
    events.push(...circle(state, { tool, input, result: part.content }));
  }
  return events;
}

/** Tools that wait for work in the background: the same answer again is no loop. */
const WAITING_TOOLS = /^(TaskOutput|BashOutput)$/;

/** Claude asks a model for ever that makes the same call for ever: 1,060 paid requests in 100 s. */
function circle(
  state: ClaudeState,
  call: { tool: string; input: unknown; result: unknown },
): RuntimeEvent[] {
  if (WAITING_TOOLS.test(call.tool)) return [];
  const text = watchCall(state.loop, call);
  return text === undefined || state.gaveUp ? [] : [giveUp(state, "turn_limit", text)];
}

function resultEvent(state: ClaudeState, event: JsonObject): RuntimeEvent[] {
  state.result = event;
  const events: RuntimeEvent[] = [];
  for (const denial of asList(event.permission_denials)) {
    const { tool_name, tool_input } = asObject(denial) ?? {};
    events.push({
      type: "notice",
      level: "warning",
      text: clip(`Was refused ${asText(tool_name) ?? "a tool"}: ${claudeCallSummary(tool_input)}`),
    });
  }
  const total = claudeTotalUsage(event);
  if (total) {
    events.push({ type: "usage", usage: claudeRest(total, state.told) });
    state.told = total;
  }
  return events;
}

/** The reason for a sandbox that is not there is told on stderr, in lines of their own. */
function stderrLine(line: string): RuntimeEvent[] {
  return /Sandbox disabled|WITHOUT sandboxing/.test(line)
    ? [{ type: "notice", level: "warning", text: clip(line.replace(/^[\s⚠]+/, "")) }]
    : [];
}
