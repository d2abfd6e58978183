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
