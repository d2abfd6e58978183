import { ERROR_CODES, type ErrorCode } from "../../kernel/error.ts";
import type { Outcome, Usage } from "../../kernel/outcome.ts";
import type { RuntimeEvent } from "../../kernel/runtime_event.ts";
import type { Decode, RuntimeExit } from "../definition.ts";
import { exitInWords, type OutcomeParts, stoppedOutcome } from "./failure.ts";
import { asNumber, asObject, asText, type JsonObject, parseJsonLine } from "./json_line.ts";
import { usableSessionId } from "./session_id.ts";

/** What the decoder of the player's own lines knows so far. */
export interface ReplayState {
  sessionId: string | undefined;
  finished: JsonObject | undefined;
}

/** The decoder of what `replay-agent` prints. */
export const replayDecode: Decode<ReplayState> = {
  start: () => ({ sessionId: undefined, finished: undefined }),
  line(state, stream, line) {
    const said = stream === "stdout" ? parseJsonLine(line) : undefined;
    return said === undefined ? [] : readLine(state, said);
  },
  finish,
};

function readLine(state: ReplayState, said: JsonObject): RuntimeEvent[] {
  const text = asText(said.text) ?? "";
  const callId = asText(said.call) ?? "";
  const tool = asText(said.tool) ?? "";
  const summary = asText(said.summary) ?? "";
  switch (said.type) {
    case "started": {
      state.sessionId = usableSessionId(said.session);
      return state.sessionId === undefined ? [] : [{ type: "started", sessionId: state.sessionId }];
    }
    case "text":
      return [{ type: "text", text }];
    case "thinking":
      return [{ type: "thinking", text }];
    case "notice":
      return [{ type: "notice", level: "warning", text }];
    case "tool_started":
      return [{ type: "tool_started", callId, tool, summary }];
    case "tool_finished":
      return [{ type: "tool_finished", callId, tool, ok: said.ok === true, summary }];
    case "usage":
      return [{ type: "usage", usage: readUsage(asObject(said.usage)) }];
    case "finished":
      state.finished ??= said;
  }
  return [];
}

function readUsage(report: JsonObject | undefined): Usage {
  const usage: Usage = {};
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
    const amount = asNumber(report?.[key]);
    if (amount !== undefined && amount >= 0) usage[key] = amount;
  }
  return usage;
}

function finish(state: ReplayState, exit: RuntimeExit): Outcome {
  const { finished } = state;
  const said = asText(finished?.text) ?? "";
  const parts: OutcomeParts = {
    ...(state.sessionId === undefined ? {} : { sessionId: state.sessionId }),
    ...(said === "" ? {} : { finalText: said }),
  };
  const stopped = stoppedOutcome(exit, { title: "the recording", parts });
  if (stopped) return stopped;
  if (finished?.ok === true && exit.reason === "completed") {
    if (said.trim() !== "") return { reason: "completed", ...parts };
    return {
      reason: "failed",
      code: "empty_response",
      message: "The recorded attempt ends without an answer",
      ...parts,
    };
  }
  const code = errorCode(finished?.code);
  const hint = asText(finished?.hint);
  return {
    reason: code === "cancelled"
      ? "cancelled"
      : code === "permission_refused"
      ? "refused"
      : "failed",
    code,
    message: asText(finished?.message) ?? `The player ${exitInWords(exit)} before it was done`,
    ...(hint === undefined ? {} : { hint }),
    ...parts,
  };
}

function errorCode(value: unknown): ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERROR_CODES, value)
    ? value as ErrorCode
    : "agent_failed";
}
