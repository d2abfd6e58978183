import { withoutEscapes } from "../../kernel/escape_sequences.ts";
import type { ErrorCode } from "../../kernel/error.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import type { RuntimeEvent } from "../../kernel/runtime_event.ts";
import type { Decode, FailureRule, RuntimeExit } from "../definition.ts";
import { clip } from "./clip.ts";
import { exitInWords, failedOutcome, stoppedOutcome } from "./failure.ts";
import {
  hermesNotice,
  type HermesOutput,
  hermesSessionLine,
  readHermesOutput,
} from "./hermes_output.ts";
import { scrub } from "./scrub.ts";
import { usableSessionId } from "./session_id.ts";

/** UTF-16 units of stdout that are kept; an answer is far below, a flood must not fill the memory. */
const KEPT_UNITS = 8 * 1024 * 1024;
const KEPT_STDERR_LINES = 80;
const CUT_MARKER = "… (output cut here)";

/** What the decoder of Hermes' quiet mode knows so far. */
export interface HermesState {
  stdout: string[];
  stdoutUnits: number;
  cut: boolean;
  stderr: string[];
  /** The newest: a session that was compressed goes on under another id. */
  sessionId: string | undefined;
}

/** The decoder of `hermes chat -Q`, with the rules that its failures are told by. */
export function hermesDecode(failures: readonly FailureRule[]): Decode<HermesState> {
  return {
    start: () => ({ stdout: [], stdoutUnits: 0, cut: false, stderr: [], sessionId: undefined }),
    line: (state, stream, line) =>
      stream === "stdout" ? readStdout(state, line) : readStderr(state, line),
    finish: (state, exit) => finish(state, exit, failures),
  };
}

function readStdout(state: HermesState, line: string): RuntimeEvent[] {
  if (state.cut) return [];
  const left = KEPT_UNITS - state.stdoutUnits;
  state.cut = line.length >= left;
  state.stdout.push(state.cut ? line.slice(0, left) + CUT_MARKER : line);
  state.stdoutUnits += line.length + 1;
  const notice = hermesNotice(line);
  return notice === undefined ? [] : [warning(clip(notice))];
}

function readStderr(state: HermesState, line: string): RuntimeEvent[] {
  const id = hermesSessionLine(line);
  if (id === undefined) {
    const text = withoutEscapes(line).trimEnd();
    if (text.trim() !== "") state.stderr.push(text);
    if (state.stderr.length > KEPT_STDERR_LINES) state.stderr.splice(1, 1);
    return text.startsWith("⚠️") ? [warning(clip(scrub(text)))] : [];
  }
  if (usableSessionId(id) === undefined) {
    return [warning(`Unusable session id "${clip(id, 60)}": it cannot be resumed`)];
  }
  if (id === state.sessionId) return [];
  state.sessionId = id;
  return [{ type: "started", sessionId: id }];
}

function finish(state: HermesState, exit: RuntimeExit, rules: readonly FailureRule[]): Outcome {
  const output = readHermesOutput(state.stdout, { idKnown: state.sessionId !== undefined });
  const id = state.sessionId ?? usableSessionId(output.trailingId);
  const parts = id === undefined ? {} : { sessionId: id };
  const stopped = stoppedOutcome(exit, { title: "Hermes", parts });
  if (stopped) return stopped;
  if (exit.code === 130) {
    return { reason: "cancelled", code: "cancelled", message: "Hermes was interrupted", ...parts };
  }
  const failed = (text: string, code: ErrorCode = "agent_failed") =>
    failedOutcome(scrub(text), { rules, fallback: { code }, parts, endedAtMs: exit.endedAtMs });
  if (exit.reason !== "completed") {
    return exit.code === 2
      ? failed(state.stderr.at(-1) ?? "", "request_invalid")
      : failed(failureText(state, output, exit));
  }
  return endOutcome(state, output, { parts, id, failed });
}

/** What a failed run said: since 0.18 on stdout, before on stderr; a broken set-up always on stderr. */
function failureText(state: HermesState, output: HermesOutput, exit: RuntimeExit): string {
  const broken = state.stderr.find((line) => line.includes("Failed to parse"));
  const error = state.stderr.find((line) => line.startsWith("Error: "))?.slice("Error: ".length);
  const traceback = state.stderr.some((line) => line.startsWith("Traceback "));
  return [
    broken,
    output.text.trim(),
    output.raw,
    error,
    traceback ? state.stderr.at(-1) : undefined,
    state.stderr.join("\n"),
  ].find((text) => text) ?? `Hermes ${exitInWords(exit)}`;
}

/** What exit code 0 meant: an empty answer, a cut stream and the cap of rounds end with it too. */
function endOutcome(
  state: HermesState,
  output: HermesOutput,
  { parts, id, failed }: {
    parts: { sessionId?: string };
    id: string | undefined;
    failed: (text: string) => Outcome;
  },
): Outcome {
  const finalText = output.text;
  const error = state.stderr.find((line) => line.startsWith("Error: "));
  if (error !== undefined) return failed(error.slice("Error: ".length));
  if (id === undefined) {
    return {
      reason: "failed",
      code: "request_invalid",
      message: "Hermes opened its interactive screen instead of working on the prompt",
      hint: "Bring it up to date with: hermes update",
      retryable: false,
    };
  }
  if (finalText.trim() === "" || finalText.startsWith("⚠️ No reply:")) {
    return {
      reason: "failed",
      code: "empty_response",
      message: clip(finalText) || "Hermes ended without an answer",
      hint: "Try again, or choose another model with --model",
      retryable: true,
      ...parts,
    };
  }
  if (output.cappedRounds || finalText.startsWith("I reached the iteration limit")) {
    return {
      reason: "failed",
      code: "turn_limit",
      message: "Hermes reached its cap of model rounds before it was done",
      hint: "Raise agent.max_turns in ~/.hermes/config.yaml, or ask for less in one criterion",
      retryable: true,
      finalText,
      ...parts,
    };
  }
  return { reason: "completed", finalText, ...parts };
}

function warning(text: string): RuntimeEvent {
  return { type: "notice", level: "warning", text };
}
