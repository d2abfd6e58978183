import type { RetryReason } from "./events.ts";
import { endedByCircumstances } from "./attempt_kind.ts";
import type { AttemptState } from "./state.ts";

/**
 * Why the last attempt on `criterion` was not the last one: for the next prompt, the lines on the
 * screen and the reason of a criterion whose tries are used up.
 */
export function retryReason(attempt: AttemptState, criterion: string): RetryReason {
  const reason = reasonOf(attempt, criterion);
  const named = attempt.putBack?.paths ?? [];
  if (named.length === 0) return reason;
  const told = `Protected, and put back to what they were: ${named.join(", ")}. ` +
    "Leave them as they are.";
  return { ...reason, detail: `${reason.detail}\n${told}`.trim() };
}

function reasonOf(attempt: AttemptState, criterion: string): RetryReason {
  if (attempt.conflict) return conflict(attempt.conflict);
  if (attempt.regressions && attempt.regressions.length > 0) {
    return regression(attempt.regressions, criterion);
  }
  const { outcome, decision } = attempt;
  if (outcome && endedByCircumstances(attempt)) return cutOff(attempt);
  const early = outcome !== null && outcome.reason !== "completed";
  const seen = outcome?.message ?? attempt.why;
  if (decision?.verdict === "failed") {
    const told = [
      early ? `That session ended early: ${seen}.` : "",
      attempt.changed === 0 ? "No file was changed." : "",
    ].filter((one) => one !== "").join(" ");
    return {
      kind: "check_failed",
      line: early ? `${seen}; ${decision.reason}` : decision.reason,
      detail: [told, attempt.counterexample].filter((one) => one !== "").join("\n"),
      ...(attempt.changed === 0 ? { idle: true } : {}),
    };
  }
  if (early) return { kind: "agent_failed", line: seen, detail: whatIsLeft(attempt) };
  return {
    kind: "not_checked",
    line: decision?.reason ?? seen,
    detail: attempt.counterexample,
  };
}

/** An attempt that circumstances ended: nothing was claimed, so nothing is held against it. */
function cutOff(attempt: AttemptState): RetryReason {
  const failed = attempt.decision?.verdict === "failed";
  const unmet = failed ? `\nAs it is, it does not hold yet:\n${attempt.counterexample}` : "";
  return {
    kind: "interrupted",
    line: attempt.outcome?.message ?? attempt.why,
    detail: whatIsLeft(attempt) + unmet,
  };
}

function whatIsLeft(attempt: AttemptState): string {
  return attempt.changed === 0
    ? "Nothing was changed yet."
    : "What was changed until then is still there: look at it, and go on from it.";
}

function conflict(paths: readonly string[]): RetryReason {
  const list = paths.join(", ");
  return {
    kind: "conflict",
    line: `Conflicts with work that was integrated meanwhile: ${list}`,
    detail: `It does not fit onto the present state of these files: ${list}. ` +
      "Make the change again on the files as they are now.",
  };
}

function regression(
  broken: NonNullable<AttemptState["regressions"]>,
  criterion: string,
): RetryReason {
  const others = broken.filter((one) => one.criterion !== criterion);
  return {
    kind: "regression",
    line: others.length === 0
      ? "Holds alone, and not beside the work that was integrated meanwhile"
      : `Breaks criterion ${others.map((one) => one.criterion).join(", ")}`,
    detail: broken.map((one) =>
      one.criterion === criterion
        ? `Beside the work that was integrated meanwhile it does not hold:\n${one.counterexample}`
        : `It breaks criterion ${one.criterion}, which held before:\n${one.counterexample}`
    ).join("\n\n"),
  };
}
