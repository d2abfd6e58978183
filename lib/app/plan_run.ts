import { join } from "@std/path";
import { createMemoryJournal } from "../store/memory/memory_journal.ts";
import type { App } from "./app.ts";
import { draftRun, type RunInput } from "./draft_run.ts";
import { makeWorkFolder } from "./work_folder.ts";
import { type PlanView, planView } from "./run/plan_view.ts";
import { readRunState } from "./run/run_log.ts";
import { beginRun } from "./start_run.ts";
import { workOn } from "./work_on.ts";

/**
 * The plan of a run that is not started: no agent, no event, no file of ours that stays. With
 * `admit` the checks run once on the base, as they would at the start of the run.
 * Errors: those of `startRun` before its run exists.
 */
export async function planRun(
  app: App,
  input: RunInput,
  options: { admit: boolean; cancel: AbortSignal },
): Promise<PlanView> {
  const draft = await draftRun(app, input);
  const folder = await makeWorkFolder("plan");
  const journal = createMemoryJournal({ clock: app.clock, random: app.random });
  const runId = "plan";
  const dir = join(folder.path, runId);
  const emit = () => {};
  try {
    const begun = await beginRun(app, draft, { journal, runId, dir, emit });
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
    return planView(await readRunState(journal, runId), draft.seed, facts);
  } finally {
    await folder.remove();
  }
}
