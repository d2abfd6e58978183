import type { ErrorCode } from "../../kernel/error.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import type { FailureRule, RuntimeExit } from "../definition.ts";
import { clip } from "./clip.ts";
import { exitInWords, failedOutcome, type OutcomeParts, stoppedOutcome } from "./failure.ts";
import type { OpenCodeState } from "./opencode_decode.ts";
import type { OpenCodeError } from "./opencode_error.ts";
import { scrub } from "./scrub.ts";
import { usableSessionId } from "./session_id.ts";

/** What a whole attempt meant: exit code and last events together, as neither alone tells. */
export function openCodeOutcome(
  state: OpenCodeState,
  exit: RuntimeExit,
  rules: readonly FailureRule[],
): Outcome {
  const finalText = state.texts.join("\n").trim();
  const id = usableSessionId(state.sessionId);
  const parts: OutcomeParts = {
    ...(id === undefined ? {} : { sessionId: id }),
    ...(finalText === "" ? {} : { finalText }),
  };
  if (state.gaveUp && (exit.reason === "failed" || exit.reason === "completed")) {
    return gaveUpOutcome(state.gaveUp, { rules, parts });
  }
  const stopped = stoppedOutcome(exit, {
    title: "OpenCode",
    parts,
    ...(state.lastRetry === undefined ? {} : { seen: state.lastRetry }),
  });
  if (stopped) return stopped;
  const failed = (text: string, hint?: string) =>
    failedOutcome(text, {
      rules,
      fallback: { code: "agent_failed", ...(hint === undefined ? {} : { hint }) },
      parts,
      endedAtMs: exit.endedAtMs,
    });
  if (state.error) return errorOutcome(state, state.error, failed);
  if (exit.reason !== "completed") {
    return failed(saidOnStderr(state.stderr) || scrub(exit.stderrTail) || exitInWords(exit));
  }
  return endOutcome(state, parts);
}

/** The error that it told; where that says nothing, the reason stands in the lines below it. */
function saidOnStderr(lines: readonly string[]): string {
  const at = lines.findIndex((line) => line.startsWith("Error: "));
  if (at < 0) return lines.join("\n");
  const error = lines[at]!.slice("Error: ".length);
  const below = error === "Unexpected error" ? lines.slice(at + 1).join(" ") : "";
  return below === "" ? error : clip(`${error}: ${below}`, 400);
}

/** A circle is the model's doing, so another one is advised; for the rest the rules know better. */
function gaveUpOutcome(
  { code, text }: { code: ErrorCode; text: string },
  { rules, parts }: { rules: readonly FailureRule[]; parts: OutcomeParts },
): Outcome {
  const circle = code === "turn_limit" || code === "stream_cut";
  const rule = circle ? undefined : rules.find((one) => one.code === code);
  return {
    reason: "failed",
    code,
    message: `Stopped OpenCode: ${text}`,
    hint: rule?.hint ?? "Choose another model with --model, or ask for less in one criterion",
    retryable: rule?.retryable ?? false,
    ...parts,
  };
}

function errorOutcome(
  state: OpenCodeState,
  error: OpenCodeError,
  failed: (text: string, hint?: string) => Outcome,
): Outcome {
  const reason = error.ref === undefined ? undefined : state.reasons.get(error.ref);
  const text = reason ?? (error.ref === undefined ? error.text : `${error.text} (${error.ref})`);
  const outcome = failed(
    text,
    error.ref === undefined
      ? undefined
      : `Check the model's name with: opencode models; then look for ${error.ref} in ` +
        "~/.local/share/opencode/log/opencode.log",
  );
  return error.retryAfterSeconds === undefined
    ? outcome
    : { ...outcome, retryAfterSeconds: error.retryAfterSeconds };
}

/** What exit code 0 meant: OpenCode ends with it also when nothing useful happened. */
function endOutcome(state: OpenCodeState, parts: OutcomeParts): Outcome {
  const reason = state.lastReason;
  const refused = state.refused.at(-1);
  const bad = (code: ErrorCode, message: string, hint: string, retryable = false): Outcome => ({
    reason: code === "permission_refused" ? "refused" : "failed",
    code,
    message,
    hint,
    retryable,
    ...parts,
  });
  if (refused !== undefined && reason !== "stop") {
    return bad(
      "permission_refused",
      `OpenCode stopped: permission refused for ${refused}`,
      'Allow it under "permission" in your opencode.json, or give the run --permission full',
    );
  }
  if (reason === "length") {
    return bad(
      "truncated_response",
      `OpenCode's model stopped at its limit of output tokens`,
      "Raise limit.output of the model in opencode.json, or ask for less in one criterion",
      true,
    );
  }
  if (reason === "content-filter") {
    return bad(
      "content_refused",
      "The provider's content filter stopped the answer",
      "Reword the criterion",
    );
  }
  if (reason === "stop" && parts.finalText !== undefined) return { reason: "completed", ...parts };
  if (reason === "stop" || reason === undefined) {
    return bad(
      "empty_response",
      `OpenCode ended without an answer`,
      "Try again, or choose another model with --model",
      true,
    );
  }
  return reason === "tool-calls"
    ? bad("agent_failed", `OpenCode ended in the middle of its work`, "Try again", true)
    : bad(
      "stream_cut",
      `The model's stream ended without saying why ("${clip(reason, 40)}")`,
      "Try again",
      true,
    );
}
