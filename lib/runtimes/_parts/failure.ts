import { withoutEscapes } from "../../kernel/escape_sequences.ts";
import type { ErrorCode } from "../../kernel/error.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import type { FailureRule, RuntimeExit } from "../definition.ts";
import { clip, LINE_LENGTH } from "./clip.ts";
import { retryAfterSeconds, secondsBetween } from "./retry_after.ts";
import { scrub } from "./scrub.ts";

/** What every outcome of an attempt carries, however it ended. */
export interface OutcomeParts {
  sessionId?: string;
  finalText?: string;
}

/** What a failure means when no rule knows its text. */
export interface Fallback {
  code: ErrorCode;
  hint?: string;
  retryable?: boolean;
}

/** What the first rule says whose pattern is found in `text`, its hint filled in. */
export function findFailure(
  text: string,
  rules: readonly FailureRule[],
): FailureRule | undefined {
  const plain = withoutEscapes(text);
  for (const rule of rules) {
    const found = rule.match.exec(plain);
    if (found) return { ...rule, hint: rule.hint.replaceAll("$1", () => found[1] ?? "") };
  }
  return undefined;
}

/**
 * The outcome of an attempt that failed with `text`: code, hint and retryability from the first rule
 * that matches, the reset time from the text itself.
 */
export function failedOutcome(
  text: string,
  { rules, fallback, parts, evidence = text, endedAtMs, resetsAtMs }: {
    rules: readonly FailureRule[];
    fallback: Fallback;
    parts: OutcomeParts;
    /** What the rules look at, where that is more than `text`. */
    evidence?: string;
    /** When the attempt ended. */
    endedAtMs: number | undefined;
    /** When the limit resets, where that was told apart from the text. */
    resetsAtMs?: number | undefined;
  },
): Outcome {
  const rule = findFailure(evidence, rules);
  const meant = rule ?? fallback;
  const seconds = meant.code === "rate_limited" || meant.code === "quota_exhausted"
    ? secondsBetween(endedAtMs, resetsAtMs) ?? retryAfterSeconds(text, endedAtMs)
    : undefined;
  return {
    reason: rule?.reason ?? "failed",
    code: meant.code,
    message: clip(scrub(withoutEscapes(text)), LINE_LENGTH * 2) || "Ended without saying why",
    ...(meant.hint === undefined ? {} : { hint: meant.hint }),
    retryable: meant.retryable ?? false,
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
    ...parts,
  };
}

/**
 * The outcome of an attempt that we ended or never started: our reason comes before anything that
 * the CLI printed while it went down. Undefined when the CLI ended by itself.
 * `seen` is what it last said about itself ("Reconnecting... 3/5"): it tells why the time ran out.
 */
export function stoppedOutcome(
  exit: RuntimeExit,
  { title, parts, seen }: { title: string; parts: OutcomeParts; seen?: string },
): Outcome | undefined {
  const tooMuch = exit.limit === "output" || exit.limit === "line";
  if (exit.reason === "timed_out" || tooMuch) {
    return {
      reason: exit.reason,
      code: tooMuch ? "output_limit" : "timed_out",
      message: clip(
        `Stopped ${title}: limit "${exit.limit ?? "total"}" reached` +
          (seen ? `; it last said: ${seen}` : ""),
        LINE_LENGTH * 2,
      ),
      ...(exit.limit === "output"
        ? { hint: "It printed more than limits.output_bytes allows: ouroboros config set --help" }
        : {}),
      retryable: !tooMuch,
      ...(exit.limit === undefined ? {} : { limit: exit.limit }),
      ...parts,
    };
  }
  if (exit.reason === "cancelled") {
    return { reason: "cancelled", code: "cancelled", message: `Cancelled ${title}`, ...parts };
  }
  if (exit.reason === "not_started") {
    return {
      reason: "not_started",
      code: "not_started",
      message: clip(scrub(withoutEscapes(exit.stderrTail))) || `Could not start ${title}`,
      ...parts,
    };
  }
  return undefined;
}

/** The outcome of an attempt of which the decoder itself said that it gets nowhere. */
export function gaveUpOutcome(
  { code, text }: { code: ErrorCode; text: string },
  { rules, parts }: { rules: readonly FailureRule[]; parts: OutcomeParts },
): Outcome {
  const rule = rules.find((one) => one.code === code);
  return {
    reason: "failed",
    code,
    message: clip(scrub(withoutEscapes(text)), LINE_LENGTH * 2),
    ...(rule === undefined ? {} : { hint: rule.hint.replaceAll("$1", "") }),
    retryable: rule?.retryable ?? true,
    ...parts,
  };
}

/** How a child ended, in words: for failures of which it said nothing itself. */
export function exitInWords(exit: RuntimeExit): string {
  if (exit.signal !== null) return `ended by ${exit.signal}`;
  return exit.code === null ? "ended" : `ended with exit code ${exit.code}`;
}
