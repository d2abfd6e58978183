import { withoutEscapes } from "../../kernel/escape_sequences.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import type { FailureRule, RuntimeExit } from "../definition.ts";
import type { ClaudeState } from "./claude_decode.ts";
import { claudeToolKind } from "./claude_tool.ts";
import {
  exitInWords,
  failedOutcome,
  type Fallback,
  gaveUpOutcome,
  type OutcomeParts,
  stoppedOutcome,
} from "./failure.ts";
import { asList, asObject, asText, type JsonObject } from "./json_line.ts";

const TITLE = "Claude Code";

/** What a whole Claude process meant. */
export function claudeFinish(
  state: ClaudeState,
  exit: RuntimeExit,
  rules: readonly FailureRule[],
): Outcome {
  const parts: OutcomeParts = {
    ...(state.sessionId === undefined ? {} : { sessionId: state.sessionId }),
  };
  const stopped = stoppedOutcome(exit, {
    title: TITLE,
    parts,
    ...(state.lastRetry === undefined ? {} : { seen: state.lastRetry }),
  });
  if (stopped) return stopped;
  if (state.gaveUp) return gaveUpOutcome(state.gaveUp, { rules, parts });
  const failed = (text: string, fallback: Fallback, evidence = text) =>
    failedOutcome(text, {
      ...{ rules, fallback, parts, evidence },
      endedAtMs: exit.endedAtMs,
      resetsAtMs: state.resetsAtMs,
    });
  if (!state.result) return failed(...withoutResult(state, exit));
  return fromResult(state, state.result, parts, failed);
}

/**
 * No result: exit code 0 says nothing then. An interrupt while waiting for the model ends so (spec
 * §2.6), and a prompt of white space alone (spec §2.2).
 */
function withoutResult(state: ClaudeState, exit: RuntimeExit): [string, Fallback] {
  const said = withoutEscapes(exit.stderrTail).split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/sandbox/i.test(line));
  if (said.length > 0 && exit.code !== 0) {
    return [said.slice(0, 3).join(" "), { code: "agent_failed", retryable: true }];
  }
  const silent = exit.code === 0 && state.sessionId === undefined;
  return [`${TITLE} ${exitInWords(exit)} without a result`, {
    code: silent ? "empty_response" : "agent_failed",
    retryable: true,
  }];
}

function fromResult(
  state: ClaudeState,
  result: JsonObject,
  parts: OutcomeParts,
  failed: (text: string, fallback: Fallback, evidence?: string) => Outcome,
): Outcome {
  const text = asText(result.result) ?? "";
  // What it takes for wrong is still the answer: whoever asked looks at it, and asks again or not.
  if (result.subtype === "error_max_structured_output_retries" && state.structured !== undefined) {
    return { reason: "completed", ...parts, finalText: state.structured };
  }
  // `subtype` says "success" for every failure of the API (spec §2.3): only `is_error` counts.
  if (result.is_error !== false) {
    const errors = asList(result.errors).map((one) => asText(one) ?? "").join(" ");
    const words = text || errors || `${TITLE} ended with ${asText(result.subtype) ?? "an error"}`;
    const kind = state.errorClass ?? asText(result.subtype) ?? "unknown";
    return failed(words, { code: "agent_failed", retryable: true }, `${kind}: ${words}`);
  }
  if (text.trim() === "") {
    return failed("Ended its turn without an answer", { code: "empty_response", retryable: true });
  }
  if (!state.modelAnswered && /^Unknown command|isn't available in this environment/.test(text)) {
    return failed(text, { code: "request_invalid" }, text);
  }
  const refused = withheldWork(state, result);
  if (refused !== undefined) {
    return {
      reason: "refused",
      code: "permission_refused",
      message: `Was refused ${refused}, and did without`,
      hint: "Let it do more: --permission edit, or --permission full",
      retryable: false,
      ...parts,
      finalText: text,
    };
  }
  return { reason: "completed", ...parts, finalText: text };
}

/**
 * The tool whose refusal left the attempt with nothing done: it would have written or run something,
 * and no such call ever succeeded. A refusal beside work that was done is only noticed: exit 0 and
 * "success" say nothing either way (spec §2.1).
 */
function withheldWork(state: ClaudeState, result: JsonObject): string | undefined {
  if (state.worked.has("write") || state.worked.has("shell")) return undefined;
  return asList(result.permission_denials)
    .map((denial) => asText(asObject(denial)?.tool_name) ?? "")
    .find((name) => claudeToolKind(name) !== "other");
}
