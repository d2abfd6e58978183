import { decide } from "../../checks/decide.ts";
import type { Criterion } from "../../engine/seed/seed.ts";
import type { CheckRun, ControlRun, Decision } from "../../kernel/check_run.ts";

/**
 * The decision where nobody looked at a base: every check that can decide must say yes. It is the
 * same decision as ever, on a base of which all is said to have failed for another reason.
 */
export function decideHead(
  criterion: Criterion,
  found: {
    runs: readonly (CheckRun | null)[];
    controls: (ControlRun | null)[] | null;
    strict: boolean;
  },
): Decision {
  const { runs, strict } = found;
  // What only has to hold shows nothing by itself, so that it needs no control either.
  const controls = found.controls?.map((control, index) => {
    const check = criterion.checks[index];
    const holds = check?.kind === "command" && check.preserve;
    return holds && control?.state === "none" ? null : control;
  });
  const decision = decide({
    checks: criterion.checks.map((check) =>
      check.kind === "command" ? { ...check, preserve: false } : check
    ),
    base: runs.map((run) => run && failedBefore(run)),
    runs,
    earlier: [],
    changed: 1,
    strict,
    ...(controls === undefined ? {} : { controls }),
  });
  if (decision.verdict !== "passed") return decision;
  const count = criterion.checks.length;
  return { ...decision, reason: count === 1 ? "The check passes" : `All ${count} checks pass` };
}

function failedBefore({ checkDigest, signal, reused }: CheckRun): CheckRun {
  const nothing = { exit: null, durationMs: 0, outputTail: "", line: "no base was looked at" };
  return { checkDigest, tree: "", verdict: "fail", signal, reused, ...nothing };
}
