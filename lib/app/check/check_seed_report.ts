import type { Criterion, Seed } from "../../engine/seed/seed.ts";
import type {
  CheckRun,
  ControlRun,
  ControlState,
  Decision,
  Verdict,
} from "../../kernel/check_run.ts";
import { EXIT, type ExitCode } from "../../kernel/exit_code.ts";
import type { GateBase, GateSeed } from "./check_seed_source.ts";

/** Something that may not be changed without being asked for, and was. */
export interface GateChange {
  /** The seed's from the top of the repository, a protected file's from the project's folder. */
  path: string;
  kind: "added" | "modified" | "deleted";
  what: "seed" | "protected";
}

/** One run of a check, for a report. */
export interface GateRun {
  verdict: CheckRun["verdict"];
  exit: number | null;
  testsRan: number | null;
  durationMs: number;
  /** The line that says most; "" for a pass and for a hidden check. */
  line: string;
  /** Last part of what it printed; "" for a hidden check. */
  output: string;
}

/** One check of a criterion. */
export interface GateCheck {
  kind: "command" | "human";
  hidden: boolean;
  /** Null for a hidden check. */
  title: string | null;
  /** Null: there is no base, or a person decides. */
  base: GateRun | null;
  head: GateRun | null;
  control: { state: ControlState; reason: string } | null;
}

/** One criterion, decided. */
export interface CheckedCriterion {
  id: string;
  description: string;
  state: Verdict;
  reason: string;
  checks: GateCheck[];
}

/** What came of a gate. */
export interface CheckReport {
  result: Verdict;
  reason: string;
  seed: { name: string; id: string; digest: string; goal: string; from: "head" | "base" };
  head: { ref: string | null; tree: string };
  base: (GateBase & { tree: string }) | null;
  changes: GateChange[];
  /** Changes are no failure. */
  changesAllowed: boolean;
  criteria: CheckedCriterion[];
  notices: string[];
  exit: ExitCode;
}

/** A criterion's runs and its decision, without what a hidden check would tell. */
export function checkedCriterion(
  criterion: Criterion,
  found: {
    before: readonly (CheckRun | null)[] | null;
    runs: readonly (CheckRun | null)[];
    controls: readonly (ControlRun | null)[] | null;
    decision: Decision;
  },
): CheckedCriterion {
  const checks = criterion.checks.map((check, index): GateCheck => {
    const hidden = check.kind === "command" && check.hidden;
    const control = found.controls?.[index];
    return {
      kind: check.kind,
      hidden,
      title: check.kind === "human" ? check.human : hidden ? null : check.run,
      base: gateRun(found.before?.[index], hidden),
      head: gateRun(found.runs[index], hidden),
      control: control ? { state: control.state, reason: hidden ? "" : control.reason } : null,
    };
  });
  const { id, description } = criterion;
  const { verdict, reason } = found.decision;
  return { id, description, state: verdict, reason, checks };
}

function gateRun(run: CheckRun | null | undefined, hidden: boolean): GateRun | null {
  if (!run) return null;
  return {
    verdict: run.verdict,
    exit: run.exit,
    testsRan: run.testsRan ?? null,
    durationMs: run.durationMs,
    line: hidden || run.verdict === "pass" ? "" : run.line,
    output: hidden ? "" : run.outputTail,
  };
}

/** The report, with its result: a check, or a change that is not allowed, says no before all else. */
export function checkReport(parts: {
  name: string;
  seed: Seed;
  own: GateSeed;
  head: CheckReport["head"];
  base: string | null;
  allowed: boolean;
  changes: GateChange[];
  criteria: CheckedCriterion[];
  notices: string[];
}): CheckReport {
  const { own, seed, base, allowed, changes, criteria } = parts;
  const { result, reason } = resultOf(criteria, allowed ? [] : changes);
  const fromBase = own.base !== null && !(allowed && own.changed) && own.changed?.kind !== "added";
  return {
    result,
    reason,
    seed: {
      name: parts.name,
      id: seed.id,
      digest: seed.digest,
      goal: seed.goal,
      from: fromBase ? "base" : "head",
    },
    head: parts.head,
    base: own.base && base !== null ? { ...own.base, tree: base } : null,
    changes,
    changesAllowed: allowed,
    criteria,
    notices: [
      ...parts.notices,
      ...own.base && !own.base.exact
        ? [`The history does not say where the work left "${own.base.ref}": compared with itself`]
        : [],
    ],
    exit: { passed: EXIT.done, failed: EXIT.checkSaidNo, unverified: EXIT.undecided }[result],
  };
}

function resultOf(
  criteria: readonly CheckedCriterion[],
  changes: readonly GateChange[],
): { result: Verdict; reason: string } {
  const count = (state: Verdict) => criteria.filter((one) => one.state === state).length;
  const of = `of ${criteria.length} ${criteria.length === 1 ? "criterion" : "criteria"}`;
  const failed = count("failed");
  if (failed > 0) return { result: "failed", reason: `${failed} ${of} failed` };
  if (changes.length > 0) {
    const what = changes.some((one) => one.what === "seed") ? "The seed" : "A protected file";
    return { result: "failed", reason: `${what} was changed since the base` };
  }
  const open = count("unverified");
  if (open > 0) return { result: "unverified", reason: `${open} ${of} could not be decided` };
  if (criteria.length === 0) return { result: "unverified", reason: "The seed has no criterion" };
  return { result: "passed", reason: `${criteria.length} ${of} passed` };
}
