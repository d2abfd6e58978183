import type { ErrorCode } from "../../kernel/error.ts";
import type { Usage } from "../../kernel/outcome.ts";
import type { RuntimeEvent } from "../../kernel/runtime_event.ts";
import type { Decode, FailureRule, RuntimeRequest } from "../definition.ts";
import { clip } from "./clip.ts";
import { findFailure } from "./failure.ts";
import { asNumber, asObject, asText, type JsonObject, parseJsonLine } from "./json_line.ts";
import { type LoopWatch, startLoopWatch, watchCall, watchRound } from "./loop_watch.ts";
import { type OpenCodeError, readOpenCodeError } from "./opencode_error.ts";
import { readOpenCodeStderr } from "./opencode_log.ts";
import { openCodeOutcome } from "./opencode_outcome.ts";
import { usableSessionId } from "./session_id.ts";
import { isZeroUsage } from "./usage.ts";

/** What the decoder of OpenCode's `--format json` knows so far. */
export interface OpenCodeState {
  readonly resume: string | undefined;
  readonly model: string | undefined;
  sessionId: string | undefined;
  /** Message that the texts belong to: the answer is that of the last message alone. */
  messageId: string;
  texts: string[];
  /** Message of the last `step_start`: the same one again is a silent retry. */
  stepMessageId: string;
  /** Reason of the last `step_finish`. */
  lastReason: string | undefined;
  error: OpenCodeError | undefined;
  /** Reasons behind references, from the log. */
  reasons: Map<string, string>;
  refused: string[];
  lastRetry: string | undefined;
  stderr: string[];
  loop: LoopWatch;
  gaveUp: { code: ErrorCode; text: string } | undefined;
}

/** The decoder of OpenCode's `--format json`, with the rules that its failures are told by. */
export function openCodeDecode(failures: readonly FailureRule[]): Decode<OpenCodeState> {
  return {
    start: (request) => startState(request),
    line: (state, stream, line) =>
      stream === "stdout" ? readStdout(state, line) : readStderr(state, line, failures),
    finish: (state, exit) => openCodeOutcome(state, exit, failures),
  };
}

function startState(request: RuntimeRequest): OpenCodeState {
  return {
    resume: request.resume,
    model: request.model,
    sessionId: undefined,
    messageId: "",
    texts: [],
    stepMessageId: "",
    lastReason: undefined,
    error: undefined,
    reasons: new Map(),
    refused: [],
    lastRetry: undefined,
    stderr: [],
    loop: startLoopWatch({ rounds: true }),
    gaveUp: undefined,
  };
}

function readStdout(state: OpenCodeState, line: string): RuntimeEvent[] {
  // A plugin's console.log lands between the events.
  const event = parseJsonLine(line);
  const type = asText(event?.type);
  const session = asText(event?.sessionID);
  if (event === undefined || type === undefined || session === undefined) return [];
  const events = noteSession(state, session);
  const part = asObject(event.part);
  if (type === "step_start") events.push(...stepStart(state, part));
  else if (type === "text") events.push(...text(state, part));
  else if (type === "reasoning") {
    const thought = asText(part?.text);
    if (thought) events.push({ type: "thinking", text: thought });
  } else if (type === "tool_use") events.push(...toolUse(state, part));
  else if (type === "step_finish") events.push(...stepFinish(state, part));
  else if (type === "error") state.error = readOpenCodeError(event.error);
  return events;
}

function noteSession(state: OpenCodeState, session: string): RuntimeEvent[] {
  if (state.sessionId !== undefined) return [];
  state.sessionId = session;
  const id = usableSessionId(session);
  if (id === undefined) {
    return [
      warning(`Unusable session id ${JSON.stringify(clip(session, 60))}: it cannot be resumed`),
    ];
  }
  if (state.resume !== undefined && id !== state.resume) {
    return [
      { type: "started", sessionId: id },
      ...giveUp(state, "session_lost", `began "${id}" instead of resuming "${state.resume}"`),
    ];
  }
  const events: RuntimeEvent[] = [{ type: "started", sessionId: id }];
  if (state.model === undefined && state.resume === undefined) {
    events.push({
      type: "notice",
      level: "info",
      text: "No model was named: OpenCode takes its own default, and without any configuration " +
        "a free one at opencode.ai",
    });
  }
  return events;
}

function stepStart(state: OpenCodeState, part: JsonObject | undefined): RuntimeEvent[] {
  const message = asText(part?.messageID) ?? "";
  const again = message !== "" && message === state.stepMessageId;
  state.stepMessageId = message;
  if (!again) return [];
  return [
    warning("The model's answer was cut: OpenCode asks again"),
    ...circle(state, watchRound(state.loop, { unfinished: false })),
  ];
}

function text(state: OpenCodeState, part: JsonObject | undefined): RuntimeEvent[] {
  const said = asText(part?.text);
  if (said === undefined || said === "") return [];
  const message = asText(part?.messageID) ?? "";
  if (message !== state.messageId) {
    state.messageId = message;
    state.texts = [];
  }
  state.texts.push(said);
  return [{ type: "text", text: said }];
}

function toolUse(state: OpenCodeState, part: JsonObject | undefined): RuntimeEvent[] {
  const call = asObject(part?.state);
  const input = asObject(call?.input);
  const asked = asText(part?.tool) ?? "unknown";
  // A tool that does not exist, or arguments that are no JSON, come as "completed".
  const invalid = asked === "invalid";
  const tool = invalid ? asText(input?.tool) ?? asked : asked;
  const error = asText(call?.error) ??
    (invalid ? asText(input?.error) ?? "invalid call" : undefined);
  const exit = asNumber(asObject(call?.metadata)?.exit);
  const failed = error !== undefined || call?.status === "error" || (exit ?? 0) !== 0;
  if (error?.startsWith("The user rejected permission")) state.refused.push(tool);
  const callId = asText(part?.callID) ?? "";
  const title = asText(input?.command) ?? asText(input?.filePath) ?? asText(call?.title) ??
    asText(input?.description) ?? "";
  const result = error ??
    (failed && exit !== undefined ? `exit code ${exit}` : asText(call?.title) ?? "");
  return [
    { type: "tool_started", callId, tool, summary: clip(title) },
    { type: "tool_finished", callId, tool, ok: !failed, summary: clip(result) },
    ...circle(
      state,
      watchCall(state.loop, { tool, input: call?.input, result: error ?? call?.output }),
    ),
  ];
}

function stepFinish(state: OpenCodeState, part: JsonObject | undefined): RuntimeEvent[] {
  const reason = asText(part?.reason) ?? "unknown";
  state.lastReason = reason;
  state.stepMessageId = "";
  const known = ["stop", "tool-calls", "length", "content-filter"].includes(reason);
  // An error before a good end was one that OpenCode got over (by compaction).
  if (reason === "stop") state.error = undefined;
  const usage = readUsage(part);
  return [
    ...(usage ? [{ type: "usage", usage } as const] : []),
    ...circle(state, watchRound(state.loop, { unfinished: !known })),
  ];
}

/** Undefined where the provider reported nothing: OpenCode then writes zeros. */
function readUsage(part: JsonObject | undefined): Usage | undefined {
  const tokens = asObject(part?.tokens);
  const cache = asObject(tokens?.cache);
  const cost = asNumber(part?.cost);
  const usage: Usage = {};
  const put = (key: keyof Usage, value: unknown) => {
    const number = asNumber(value);
    if (number !== undefined && number >= 0) usage[key] = number;
  };
  put("inputTokens", tokens?.input);
  put("cachedInputTokens", cache?.read);
  put("cacheWriteTokens", cache?.write);
  put("outputTokens", tokens?.output);
  put("reasoningTokens", tokens?.reasoning);
  // 0 means that no prices are known.
  if (cost !== undefined && cost > 0) usage.costUsd = cost;
  return isZeroUsage(usage) ? undefined : usage;
}

function readStderr(
  state: OpenCodeState,
  line: string,
  failures: readonly FailureRule[],
): RuntimeEvent[] {
  const read = readOpenCodeStderr(line);
  if (read === undefined) return [];
  if (read.kind === "refused") {
    const what = read.permission + (read.what === "" ? "" : ` (${clip(read.what, 120)})`);
    state.refused.push(what);
    return [warning(`Permission refused: ${what}`)];
  }
  if (read.kind === "reason") state.reasons.set(read.ref, read.text);
  else if (read.kind === "retry") {
    state.lastRetry = read.text;
    const text = read.text || "no reason given";
    // An empty purse is asked six times over in 78 s; nothing will come of it.
    if (findFailure(text, failures)?.code === "quota_exhausted") {
      return giveUp(state, "quota_exhausted", text);
    }
    return [warning(`Request failed, OpenCode tries again: ${text}`)];
  } else if (read.kind === "warning") return [warning(read.text)];
  else if (read.text !== "") {
    state.stderr.push((read.kind === "error" ? "Error: " : "") + read.text);
    if (state.stderr.length > 40) state.stderr.splice(1, 1);
  }
  return [];
}

function circle(state: OpenCodeState, text: string | undefined): RuntimeEvent[] {
  if (text === undefined) return [];
  const code = text.includes("without a reason") ? "stream_cut" : "turn_limit";
  return giveUp(state, code, text);
}

function giveUp(state: OpenCodeState, code: ErrorCode, text: string): RuntimeEvent[] {
  if (state.gaveUp) return [];
  state.gaveUp = { code, text };
  return [{ type: "give_up", code, text }];
}

function warning(text: string): RuntimeEvent {
  return { type: "notice", level: "warning", text };
}
