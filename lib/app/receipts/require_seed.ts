import { checkDigest } from "../../checks/check_digest.ts";
import type { CheckInput } from "../../checks/check_input.ts";
import { controlOf, decide } from "../../checks/decide.ts";
import type { Receipt, ReceiptCheck, ReceiptRun } from "../../checks/receipt.ts";
import type { Seed } from "../../engine/seed/seed.ts";
import type { CheckRun, ControlRun } from "../../kernel/check_run.ts";
import { archiveInvalid } from "./archive_invalid.ts";

/** A receipt is about the seed beside it, check by check, and its pass follows from its runs. Errors: receipt_invalid. */
export function requireSeed({ replayable }: Receipt, seed: Seed, strict: boolean): void {
  const { id } = replayable.criterion;
  const criterion = seed.criteria.find((one) => one.id === id);
  const other = (what: string) =>
    archiveInvalid(`${what} of criterion "${id}" is not that of its seed`);
  if (!criterion || criterion.description !== replayable.criterion.description) {
    throw other("the text");
  }
  if (replayable.seed.digest !== seed.digest) throw other("the seed");
  if (replayable.prepare !== (seed.workspace.prepare?.run ?? null)) throw other("the preparation");
  const checks: readonly CheckInput[] = criterion.checks;
  const same = checks.length === replayable.checks.length &&
    checks.every((check, index) => {
      const written = replayable.checks[index]!;
      if (written.digest !== checkDigest(check) || written.kind !== check.kind) return false;
      if (check.kind === "human") return written.command === check.human;
      return written.command === (check.hidden ? null : check.run) &&
        written.hidden === check.hidden && written.preserve === check.preserve;
    });
  if (!same) throw other("a check");
  const weakest = controlOf(replayable.checks.map((check) => controlRunOf(check, replayable.tree)));
  if (replayable.control !== weakest) {
    throw archiveInvalid(
      `the control of criterion "${id}" does not follow from those of its checks`,
    );
  }
  if (replayable.decision.state === "passed" && !follows(replayable, checks, strict)) {
    throw archiveInvalid(`the pass of criterion "${id}" does not follow from its checks`);
  }
}

function follows(
  replayable: Receipt["replayable"],
  checks: readonly CheckInput[],
  strict: boolean,
): boolean {
  const { tree, baseTree } = replayable;
  const runs = (on: "base" | "work") =>
    replayable.checks.map((check) =>
      check[on] && runOf(check[on], check.digest, (on === "base" ? baseTree : tree) ?? "")
    );
  const decision = decide({
    checks,
    base: runs("base"),
    runs: runs("work"),
    earlier: [],
    changed: 1,
    strict,
    controls: replayable.checks.map((check) => controlRunOf(check, tree)),
    baseRepeated: checks.map((_, index) => index),
  });
  return decision.verdict === "passed";
}

function controlRunOf({ control, digest }: ReceiptCheck, tree: string | null): ControlRun | null {
  if (control === null) return null;
  const { state, reason } = control;
  const rest = { sources: null, runs: 0, durationMs: 0 };
  return { checkDigest: digest, tree: tree ?? "", state, reason, ...rest };
}

function runOf(run: ReceiptRun, digest: string, tree: string): CheckRun {
  const { verdict, exit, testsRan, flaky, tests } = run;
  const kind = run.cannotRun === undefined ? {} : {
    cannotRun: { kind: "missing_module" as const, what: run.cannotRun, signature: run.cannotRun },
  };
  const single = tests && {
    tests: { passed: [], failed: [], skipped: [] },
    // That something was gained is for a replay to show; the names of tests are not in a receipt.
    byTests: { gained: 1 },
  };
  const seen = { ...(testsRan === undefined ? {} : { testsRan }), ...(flaky ? { flaky } : {}) };
  const rest = { signal: null, durationMs: 0, outputTail: "", line: "", reused: false };
  return { checkDigest: digest, tree, verdict, exit, ...rest, ...seen, ...single, ...kind };
}
