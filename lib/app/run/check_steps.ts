import { admissionOf } from "../../checks/admission.ts";
import { counterexample } from "../../checks/counterexample.ts";
import { flakyWords } from "../../checks/flipped.ts";
import type { DecideInput } from "../../checks/decide.ts";
import { decideAgain } from "../../checks/decide_again.ts";
import { changedToolchainFiles } from "../../checks/toolchain_files.ts";
import type { AdmittedCheck, RunEventData } from "../../engine/run/events.ts";
import { runEvent } from "../../engine/run/events.ts";
import type { AttemptAt, Step } from "../../engine/run/step.ts";
import { heldOnBase } from "../../engine/run/held_on_base.ts";
import type { CriterionState } from "../../engine/run/state.ts";
import type { Criterion } from "../../engine/seed/seed.ts";
import { changedToolsText } from "../../kernel/changed_tools_text.ts";
import type { CheckRun, Decision } from "../../kernel/check_run.ts";
import { criterionOf, type RunContext, stateOf } from "./run_context.ts";

type StepAt<D extends Step["do"]> = Extract<Step, { do: D }>;
type Runs = readonly (CheckRun | null)[];
type Rechecked = RunEventData["branch.rechecked"];
/** The attempts that a look at the branch is for: one, and those that came before it. */
type LookedAt = AttemptAt & { with?: readonly AttemptAt[] };

/** Runs every check on the base, before any work: what each of them is good for. */
export async function admitStep(context: RunContext): Promise<void> {
  const { tree } = context.log.state.created.base;
  // Before the checks: what they change themselves has changed.
  const toolchains = await context.toolchains();
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
  await context.log.append(runEvent("run.admitted", { checks, toolchains }));
}

/**
 * Runs a criterion's checks on an attempt's tree, and decides. What passes is confirmed by negative
 * controls, which can only withhold a pass.
 */
export async function checkStep(context: RunContext, step: StepAt<"check">): Promise<void> {
  const { criterion: state, attempt } = stateOf(context, step);
  const criterion = criterionOf(context, step.criterion);
  const { changed } = attempt;
  const found = await context.check(criterion, attempt.tree!, { on: "work" });
  const first = await decideOn(context, state, { runs: found, changed });
  const confirmed = first.verdict === "passed" ? await context.confirm(criterion, found) : null;
  const runs = confirmed?.runs ?? found;
  const decided = confirmed ? await decideOn(context, state, { ...confirmed, changed }) : first;
  const { toolchains: before, created } = context.log.state;
  const moved = before === null ? [] : changedToolchainFiles(before, await context.toolchains());
  const decision = created.strict === true ? underChangedTools(decided, moved) : decided;
  await context.log.append(runEvent("attempt.checked", {
    criterion: step.criterion,
    attempt: step.attempt,
    runs,
    ...(confirmed ? { controls: confirmed.controls } : {}),
    ...(moved.length > 0 ? { toolchains: moved } : {}),
    decision,
    counterexample: counterexample(criterion.checks, runs),
  }));
}

/** A pass under other settings than those of the admission shows nothing where one is strict. */
function underChangedTools(decision: Decision, moved: readonly string[]): Decision {
  if (decision.verdict !== "passed" || moved.length === 0) return decision;
  const reason = `The checks pass, but not as they were admitted: ${changedToolsText(moved)}`;
  return { ...decision, verdict: "unverified", reason };
}

/** Looks at the run's branch with the newest work in it, and writes down what was seen. */
export async function recheckStep(context: BranchContext, step: StepAt<"recheck">): Promise<void> {
  const { tree } = stateOf(context, step).attempt.integrated!;
  await context.log.append(runEvent("branch.rechecked", await lookAtBranch(context, step, tree)));
}

/** What is needed to look at the run's branch. */
export type BranchContext = Pick<RunContext, "runId" | "seed" | "log" | "check">;

/**
 * Runs the checks of everything that holds, or held on the base, and of what was just integrated, on
 * the branch's tree. Work that passed alone and not beside the rest is no pass. Only a check that says no sends work
 * back; one that cannot run there leaves its criterion undecided.
 */
export async function lookAtBranch(
  context: BranchContext,
  step: LookedAt,
  tree: string,
): Promise<Rechecked> {
  const { criterion, attempt, with: before = [] } = step;
  const members = [...before, { criterion, attempt }];
  const regressions: Rechecked["regressions"][number][] = [];
  const undecided: Rechecked["undecided"][number][] = [];
  for (const state of context.log.state.criteria) {
    const member = members.find((one) => one.criterion === state.id);
    const own = member && stateOf(context, member).attempt;
    if (!own && !held(state) && !heldOnBase(state)) continue;
    const known = criterionOf(context, state.id);
    const runs = await lookTwice(context, known, tree);
    const no = runs.findIndex((run, index) =>
      run?.verdict === "fail" && !run.flaky &&
      (!own || own.runs?.[index]?.verdict === "pass")
    );
    const silent = runs.findIndex((run) => run?.verdict === "cannot_run" || run?.flaky);
    if (no >= 0) {
      regressions.push({
        criterion: state.id,
        line: lineOf(known, runs, no),
        counterexample: counterexample(known.checks, runs),
      });
    } else if (silent >= 0 && (!own || own.decision?.verdict === "passed")) {
      const name = known.checks.length === 1 ? "The check" : `Check ${silent + 1}`;
      const { flaky } = runs[silent]!;
      const once = `once ${namesOf(members)} integrated`;
      const reason = flaky
        ? `${name} passed before, but is ${flakyWords(flaky)} ${once}`
        : `${name} passed before, but could not run ${once}: ${lineOf(known, runs, silent)}`;
      undecided.push({ criterion: state.id, reason });
    }
  }
  const others = before.length === 0 ? {} : { with: before };
  return { criterion, attempt, ...others, tree, regressions, undecided };
}

function namesOf(members: readonly AttemptAt[]): string {
  const ids = members.map((one) => one.criterion);
  return ids.length === 1 ? `criterion ${ids[0]} was` : `criteria ${ids.join(", ")} were`;
}

/** Whether a criterion's checks passed, be it in doubt by now or not. */
function held(state: CriterionState): boolean {
  return state.settled?.state === "passed" ||
    (state.settled?.state === "unverified" &&
      state.attempts.at(-1)?.decision?.verdict === "passed");
}

/**
 * What could not run is tried once more: servers and machines have bad moments. So is what says no
 * of work that passed alone: a flaky check must not send work back.
 */
async function lookTwice(
  context: BranchContext,
  criterion: Criterion,
  tree: string,
): Promise<Runs> {
  const runs = await context.check(criterion, tree, { on: "work" });
  const no = runs.some((run) => run?.verdict === "fail" && !run.reused);
  if (no) return await context.check(criterion, tree, { on: "work", again: true });
  // What did run is known by now and is not run again.
  return runs.some((run) => run?.verdict === "cannot_run")
    ? await context.check(criterion, tree, { on: "work" })
    : runs;
}

/** The line of a run that says most; of a hidden check only that it is one. */
function lineOf(criterion: Criterion, runs: Runs, index: number): string {
  const check = criterion.checks[index];
  if (check?.kind === "command" && check.hidden) return "a hidden check";
  return runs[index]?.line || `exit code ${runs[index]?.exit ?? "none"}`;
}

/** The decision; checks that could not run on the base for a passing reason are run there again. */
async function decideOn(
  context: RunContext,
  state: CriterionState,
  work: Pick<DecideInput, "runs" | "changed" | "controls">,
) {
  const criterion = criterionOf(context, state.id);
  const earlier = state.attempts.flatMap((one) => one.runs ? [one.runs] : []);
  const base = baseRuns(state, criterion);
  const strict = context.log.state.created.strict === true;
  const input: DecideInput = { checks: criterion.checks, base, ...work, earlier, strict };
  const { tree } = context.log.state.created.base;
  return await decideAgain(
    input,
    () => context.check(criterion, tree, { on: "base", again: true }),
  );
}

/** What each check of a criterion said on the base; null for those that only a person can do. */
export function baseRuns(state: CriterionState, criterion: Criterion): Runs {
  return criterion.checks.map((_, index) =>
    state.admission.find((one) => one.index === index)?.run ?? null
  );
}
