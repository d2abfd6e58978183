import { probableCause } from "../../checks/admission.ts";
import { type ExpectedChecks, expectedChecks } from "../../engine/run/expected_checks.ts";
import { foregone } from "../../engine/run/foregone.ts";
import type { RunLimits } from "../../engine/run/events.ts";
import type { RunState } from "../../engine/run/state.ts";
import type { Seed } from "../../engine/seed/seed.ts";

/** What will happen, on one screen, before anything is paid for. */
export interface PlanView {
  runId: string;
  goal: string;
  seedName: string;
  project: string;
  runtime: { id: string; title: string; version: string | null; program: string };
  model: string | null;
  permission: { asked: string; effective: string; confinement: string };
  base: {
    head: string | null;
    branch: string | null;
    ref: string | null;
    dirty: number;
    files: number;
    notices: readonly string[];
  } | null;
  carry: readonly string[];
  prepare: string | null;
  limits: RunLimits;
  /** How often the runtime says what it used. */
  counted: "per-call" | "per-attempt" | "none";
  /** Check runs to be expected; null before the admission. */
  checkRuns: ExpectedChecks | null;
  criteria: readonly PlannedCriterionView[];
  /** Dependencies that were dropped to break a cycle. */
  dropped: readonly string[];
  /** Criteria for which an agent will be started. */
  agents: number;
  /** What is to be said of the seed and the settings; a run that starts says it before its plan. */
  notices: readonly string[];
}

/** One criterion of a plan. */
export interface PlannedCriterionView {
  id: string;
  description: string;
  dependsOn: readonly string[];
  checks: readonly PlannedCheckView[];
  /** Why no agent is started for it; null when one is. */
  foregone: string | null;
}

/** One check of a plan and what it says now. */
export interface PlannedCheckView {
  title: string;
  kind: "command" | "human";
  hidden: boolean;
  preserve: boolean;
  /** It holds, and goes on saying so where it must fail: why. Absent where that was not looked for. */
  unnoticed?: string;
  /** Globs of files that are put back to the base before it, and in the work. */
  protects: readonly string[];
  /** Absent before the admission. */
  now?: {
    says: "fails" | "passes" | "times out" | "cannot run";
    line: string;
    /** Why it probably cannot run or end, whose business that is, and what to do; absent where it ran. */
    cause?: string;
    durationMs: number;
  };
}

/** The plan of a run whose checks have run on the base, or have not yet. */
export function planView(
  state: RunState,
  seed: Seed,
  facts: { counted: PlanView["counted"]; notices?: readonly string[] },
): PlanView {
  const { created } = state;
  const criteria = state.criteria.map((criterion) => ({
    id: criterion.id,
    description: criterion.description,
    // What was dropped to break a cycle is not waited for.
    dependsOn: criterion.dependsOn.filter((id) =>
      !created.dropped.includes(`${id} -> ${criterion.id}`)
    ),
    checks: criterion.checks.map((check, index) => {
      const admitted = criterion.admission.find((one) => one.index === index);
      return {
        title: check.title,
        kind: check.kind,
        hidden: check.hidden,
        preserve: check.preserve,
        protects: protectedBy(seed, criterion.id, index),
        ...(admitted ? { now: saysNow(admitted.run) } : {}),
      };
    }),
    foregone: state.admitted ? foregone(criterion) : null,
  }));
  return {
    runId: created.runId,
    goal: created.seed.goal,
    seedName: created.seed.name,
    project: created.project,
    runtime: created.runtime,
    model: created.model,
    permission: created.permission,
    base: created.base,
    carry: seed.workspace.carry,
    prepare: seed.workspace.prepare?.run ?? null,
    limits: state.limits,
    counted: facts.counted,
    checkRuns: state.admitted ? expectedChecks(state) : null,
    criteria,
    dropped: created.dropped,
    agents: criteria.filter((one) => state.anyway || one.foregone === null).length,
    notices: facts.notices ?? [],
  };
}

function protectedBy(seed: Seed, criterion: string, index: number): readonly string[] {
  const check = seed.criteria.find((one) => one.id === criterion)?.checks[index];
  return check?.kind === "command" ? check.protect : [];
}

type CheckRunOf = RunState["criteria"][number]["admission"][number]["run"];

function saysNow(run: CheckRunOf): NonNullable<PlannedCheckView["now"]> {
  const says = { pass: "passes", fail: "fails", cannot_run: "cannot run" } as const;
  const cause = probableCause(run);
  return {
    says: run.cannotRun?.kind === "timed_out" ? "times out" : says[run.verdict],
    line: run.line,
    ...(cause === "" ? {} : { cause }),
    durationMs: run.durationMs,
  };
}
