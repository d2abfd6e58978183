import type { CheckRun } from "../kernel/check_run.ts";

/**
 * Whether a check said something else on the very same tree. Results are reused within a run, so
 * this shows up where one is asked for again; a later search for flaky checks has its place here.
 */
export function flipped(run: CheckRun, others: readonly (CheckRun | null)[]): boolean {
  return others.some((other) =>
    other !== null && other.tree === run.tree && other.checkDigest === run.checkDigest &&
    other.verdict !== "cannot_run" && run.verdict !== "cannot_run" && other.verdict !== run.verdict
  );
}

/**
 * A run with what an earlier one of the same check on the same tree said: where they disagree, or
 * did before, the check is flaky, and the run carries the count.
 */
export function withEarlier(run: CheckRun, earlier: CheckRun | undefined): CheckRun {
  if (!earlier || run.verdict === "cannot_run" || earlier.verdict === "cannot_run") return run;
  if (earlier.verdict === run.verdict && !earlier.flaky) return run;
  const before = earlier.flaky ?? { passed: earlier.verdict === "pass" ? 1 : 0, of: 1 };
  const flaky = { passed: before.passed + (run.verdict === "pass" ? 1 : 0), of: before.of + 1 };
  return { ...run, flaky };
}

/** "flaky: passed 1 of 2 on one tree". */
export function flakyWords(flaky: NonNullable<CheckRun["flaky"]>): string {
  return `flaky: passed ${flaky.passed} of ${flaky.of} on one tree`;
}
