import type { RetryReason } from "./events.ts";
import type { AttemptState } from "./state.ts";

/** Why an attempt was not the last one: for its prompt, the plan lines and the receipt. */
export function retryReason(attempt: AttemptState): RetryReason {
  if (attempt.conflict) {
    return {
      kind: "conflict",
      line: `Conflicts with work that was integrated meanwhile: ${attempt.conflict.join(", ")}`,
      detail: `Your earlier work no longer fits onto the present state of these files: ${
        attempt.conflict.join(", ")
      }. Make the change again on the files as they are now.`,
    };
  }
  if (attempt.regressions && attempt.regressions.length > 0) {
    return {
      kind: "regression",
      line: `Breaks criterion ${attempt.regressions.map((one) => one.criterion).join(", ")}`,
      detail: attempt.regressions.map((one) =>
        `Your change breaks criterion ${one.criterion}, which held before:\n${one.counterexample}`
      ).join("\n\n"),
    };
  }
  const outcome = attempt.outcome;
  if (attempt.decision && attempt.decision.verdict !== "passed") {
    const silent = attempt.changed === 0 ? "You changed no file. " : "";
    return {
      kind: "check_failed",
      line: attempt.decision.reason,
      detail: silent + attempt.counterexample,
    };
  }
  return {
    kind: "agent_failed",
    line: outcome?.message ?? attempt.why,
    detail: "Your last session ended early. What you had changed is still there; go on from it.",
  };
}
