import { admissionOf } from "../../checks/admission.ts";
import { counterexample } from "../../checks/counterexample.ts";
import { baseToRepeat, decide, type DecideInput } from "../../checks/decide.ts";
import type { AdmittedCheck, RunEventData } from "../../engine/run/events.ts";
import { runEvent } from "../../engine/run/events.ts";
import type { Step } from "../../engine/run/next_step.ts";
import type { CriterionState } from "../../engine/run/state.ts";
import type { Criterion } from "../../engine/seed/seed.ts";
import type { CheckRun } from "../../kernel/check_run.ts";
import { criterionOf, type RunContext, stateOf } from "./run_context.ts";

type StepAt<D extends Step["do"]> = Extract<Step, { do: D }>;
type Runs = readonly (CheckRun | null)[];

/** Runs every check on the base, before any work: what each of them is good for. */
export async function admitStep(context: RunContext): Promise<void> {
  const { tree } = context.log.state.created.base;
  const checks: AdmittedCheck[] = [];
  for (const criterion of context.seed.criteria) {
    const runs = await context.check(criterion, tree, { on: "base" });
    for (const [index, run] of runs.entries()) {
      const check = criterion.checks[index]!;
      if (run === null || check.kind !== "command") continue;
      const admission = admissionOf(check, run);
      checks.push({ criterion: criterion.id, index, admission, run });
    }
  }
  await context.log.append(runEvent("run.admitted", { checks }));
}

/** Runs a criterion's checks on an attempt's tree, and decides. */
export async function checkStep(context: RunContext, step: StepAt<"check">): Promise<void> {
  const { criterion: state, attempt } = stateOf(context, step);
  const criterion = criterionOf(context, step.criterion);
  const runs = await context.check(criterion, attempt.tree!, { on: "work" });
  const decision = await decideOn(context, state, { runs, changed: attempt.changed });
  await context.log.append(runEvent("attempt.checked", {
    criterion: step.criterion,
    attempt: step.attempt,
    runs,
    decision,
    counterexample: counterexample(criterion.checks, runs),
  }));
}

/**
 * Runs the checks of everything that holds, and of what was just integrated, on the run's branch.
 * Work that passed alone and not beside the rest is no pass.
 */
export async function recheckStep(context: RunContext, step: StepAt<"recheck">): Promise<void> {
  const { attempt } = stateOf(context, step);
  const tree = attempt.integrated!.tree;
  const regressions: RunEventData["branch.rechecked"]["regressions"][number][] = [];
  for (const state of context.log.state.criteria) {
    const own = state.id === step.criterion && attempt.decision?.verdict === "passed";
    if (state.settled?.state !== "passed" && !own) continue;
    const criterion = criterionOf(context, state.id);
    const runs = await context.check(criterion, tree, { on: "work" });
    const index = runs.findIndex((run) => run !== null && run.verdict !== "pass");
    if (index < 0) continue;
    regressions.push({
      criterion: state.id,
      line: runs[index]!.line,
      counterexample: counterexample(criterion.checks, runs),
    });
  }
  await context.log.append(runEvent("branch.rechecked", {
    criterion: step.criterion,
    attempt: step.attempt,
    tree,
    regressions,
  }));
}

/** The decision; checks that could not run on the base for a passing reason are run there again. */
async function decideOn(
  context: RunContext,
  state: CriterionState,
  work: { runs: Runs; changed: number },
) {
  const criterion = criterionOf(context, state.id);
  const earlier = state.attempts.flatMap((one) => one.runs ? [one.runs] : []);
  const base = baseRuns(state, criterion);
  const input: DecideInput = { checks: criterion.checks, base, ...work, earlier };
  const repeat = baseToRepeat(input);
  if (repeat.length === 0) return decide(input);
  const { tree } = context.log.state.created.base;
  const again = await context.check(criterion, tree, { on: "base", again: true });
  return decide({
    ...input,
    base: base.map((run, index) => repeat.includes(index) ? again[index] ?? run : run),
    baseRepeated: repeat,
  });
}

/** What each check of a criterion said on the base; null for those that only a person can do. */
export function baseRuns(state: CriterionState, criterion: Criterion): Runs {
  return criterion.checks.map((_, index) =>
    state.admission.find((one) => one.index === index)?.run ?? null
  );
}
