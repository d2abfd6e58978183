import { join } from "@std/path";
import type { Seed } from "../engine/seed/seed.ts";
import { createMemoryJournal } from "../store/memory/memory_journal.ts";
import type { App } from "./app.ts";
import { draftRun, type RunInput } from "./draft_run.ts";
import { createChecker } from "./run/checker.ts";
import { makeWorkFolder } from "./work_folder.ts";
import { type PlanView, planView } from "./run/plan_view.ts";
import { withControls } from "./run/plan_controls.ts";
import { readRunState } from "./run/run_log.ts";
import { beginRun } from "./start_run.ts";
import { workOn } from "./work_on.ts";

/**
 * The plan of a run that is not started: no agent, no event, no file of ours that stays. With
 * `admit` the checks run once on the base, as they would at the start of the run. With `controls` those
 * that are to go on holding, and hold, are made to fail as well: a run would not ask that of them.
 * No check takes longer than `mostMs`. Errors: those of `startRun` before its run exists.
 */
export async function planRun(
  app: App,
  input: RunInput,
  options: { admit: boolean; controls?: boolean; mostMs?: number; cancel: AbortSignal },
): Promise<PlanView> {
  const drafted = await draftRun(app, input);
  const draft = { ...drafted, seed: hurried(drafted.seed, options.mostMs ?? Infinity) };
  const folder = await makeWorkFolder("plan");
  const journal = createMemoryJournal({ clock: app.clock, random: app.random });
  const runId = "plan";
  const dir = join(folder.path, runId);
  const emit = () => {};
  try {
    const begun = await beginRun(app, draft, { journal, runId, dir, emit, cancel: options.cancel });
    const facts = {
      counted: draft.runtime.definition.capabilities.usage,
      notices: [...draft.notices, ...begun.notices],
    };
    if (!options.admit) return planView(begun.state, draft.seed, facts);
    await workOn(app, {
      journal,
      runId,
      dir,
      seed: draft.seed,
      workspace: begun.workspace,
      runtime: draft.runtime,
      record: undefined,
      limits: undefined,
      passEnv: draft.passEnv,
      emit,
    }, {
      interrupt: options.cancel,
      // The plan is all that was asked for: the run ends where it would begin to cost.
      confirm: () => Promise.resolve({ go: false, anyway: false, how: "not_asked" }),
    });
    const state = await readRunState(journal, runId);
    const plan = planView(state, draft.seed, facts);
    if (!options.controls) return plan;
    const { seed, passEnv } = draft;
    const { workspace } = begun;
    const { cancel } = options;
    const checker = await createChecker(app, {
      dir,
      seed,
      workspace,
      state,
      passEnv,
      emit,
      cancel,
    });
    return await withControls(plan, { state, seed, confirm: checker.confirm });
  } finally {
    await folder.remove();
  }
}

/** A seed each of whose checks ends in that time, or is ended. */
function hurried(seed: Seed, mostMs: number): Seed {
  const criteria = seed.criteria.map((one) => ({
    ...one,
    checks: one.checks.map((check) =>
      check.kind === "human" ? check : { ...check, timeoutMs: Math.min(check.timeoutMs, mostMs) }
    ),
  }));
  return { ...seed, criteria };
}
