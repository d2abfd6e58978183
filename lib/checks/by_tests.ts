import type { CheckRun, TestResults } from "../kernel/check_run.ts";
import type { CommandInput } from "./check_input.ts";
import { ownTests } from "./own_tests.ts";

const NO_TESTS: TestResults = { passed: [], failed: [], skipped: [] };

/**
 * A run of a check with a report, decided by its single tests: those that passed on the base must
 * still pass, those that are new or named must pass, those that failed before for other reasons do
 * not count. Without tests in sight, or with an expectation that does not hold, it is as it was.
 */
export function byTests(check: CommandInput, run: CheckRun, base: CheckRun | null): CheckRun {
  const now = run.tests;
  const unmet = run.unmet !== undefined && !run.unmet.startsWith("exit code ");
  if (!check.report || !now || run.verdict === "cannot_run" || unmet) return run;
  const before = base?.tests ?? NO_TESTS;
  const passed = new Set(now.passed);
  const known = namesIn(before);
  const lost = before.passed.filter((name) => !passed.has(name));
  const named = check.report.tests.filter((name) => !anyNamed(now.passed, name));
  const broken = now.failed.filter((name) => !known.has(name));
  const line = named[0] !== undefined
    ? `test ${quoted(named[0])} does not pass`
    : lost[0] !== undefined
    ? `test ${quoted(lost[0])} passed on the base and ${
      now.failed.includes(lost[0])
        ? "fails now"
        : now.skipped.includes(lost[0])
        ? "is skipped now"
        : "is gone"
    }`
    : broken[0] !== undefined
    ? `test ${quoted(broken[0])} is new and fails`
    : "";
  const gained = gainedBy(check, before, now);
  return { ...run, verdict: line === "" ? "pass" : "fail", line, byTests: { gained } };
}

/** Number of tests that show that the work is done. */
function gainedBy(check: CommandInput, before: TestResults, now: TestResults): number {
  const failedBefore = new Set(before.failed);
  const own = ownTests(check);
  const known = namesIn(before);
  const seen = namesIn(now);
  const fresh = now.passed.filter((name) => !known.has(name));
  const named = check.report?.tests ?? [];
  return now.passed.filter((name) => failedBefore.has(name)).length +
    named.filter((name) => anyNamed(now.passed, name) && !anyNamed(before.passed, name)).length +
    // Anyone may add tests: a new one that passes shows nothing, unless its file is the check's.
    fresh.filter(own).length +
    // A file that could not be loaded was one failing test, and is now those in it.
    (fresh.length > 0 ? before.failed.filter((name) => !seen.has(name) && own(name)).length : 0);
}

function namesIn({ passed, failed, skipped }: TestResults): Set<string> {
  return new Set([...passed, ...failed, ...skipped]);
}

/** A test's whole name, or the last part of it. */
function anyNamed(names: readonly string[], name: string): boolean {
  return names.some((one) => one === name || one.endsWith(` > ${name}`));
}

function quoted(name: string): string {
  return JSON.stringify(name.length > 120 ? `${name.slice(0, 119)}…` : name);
}
