import type { CannotRun, CheckRun } from "../../lib/kernel/check_run.ts";

/** A made-up result of a check: passed, failed, or not able to run for that reason. */
export function checkRun(
  kind: "pass" | "fail" | CannotRun["kind"],
  tree: string,
  more: Partial<CheckRun> = {},
): CheckRun {
  const cannot = kind !== "pass" && kind !== "fail";
  return {
    checkDigest: "d",
    tree,
    verdict: cannot ? "cannot_run" : kind,
    exit: kind === "pass" ? 0 : 1,
    signal: null,
    durationMs: 1,
    outputTail: "",
    line: kind === "pass" ? "" : `line of ${kind}`,
    reused: false,
    ...(cannot ? { cannotRun: { kind, what: "x", signature: `${kind}: x` } } : {}),
    ...more,
  };
}
