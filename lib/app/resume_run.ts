import type { RunState } from "../engine/run/state.ts";
import { unblocked } from "../engine/run/unblocked.ts";
import type { RunView } from "../engine/run/view.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { changedLimits, countable, type LimitWords } from "./run_limits.ts";
import { chooseRuntime } from "./choose_runtime.ts";
import { envNames } from "./draft_run.ts";
import { findRun } from "./find_run.ts";
import { progressStream } from "./progress_stream.ts";
import { openWorkspace, runFolder } from "./run/open_workspace.ts";
import { loadRunSeed } from "./run/load_run_seed.ts";
import type { RunProgress } from "./run/progress.ts";
import { requireFiles } from "./run/take_over.ts";
import { workerLives } from "./show_run.ts";
import { type RunHooks, workOn } from "./work_on.ts";

/** What a resume may change. */
export interface ResumeInput {
  limits: LimitWords;
  env: readonly string[];
}

/**
 * Goes on with a run whose worker is gone or was interrupted, or that has ended and of which a person
 * accepted what other criteria depend on. What its worker left running is ended first. Errors:
 * not_found, not_allowed (ended, worked on, discarded), workspace_lost, those of choosing the runtime,
 * those of the journal.
 */
export function resumeRun(
  app: App,
  word: string | undefined,
  input: ResumeInput,
  hooks: RunHooks,
): AsyncGenerator<RunProgress, RunView> {
  return progressStream(async (emit) => {
    const state = await findRun(app, word);
    const journal = await app.journal();
    await requireResumable(app, state);
    const { runId, runtime: used, passEnv, recording } = state.created;
    const seed = await loadRunSeed(journal, state);
    const runtime = await chooseRuntime(app, { name: used.id, embedded: recording !== null });
    if (runtime.found.version !== used.version) {
      emit({
        type: "notice",
        text: `${used.title} is ${runtime.found.version} now; the run began with ${used.version}`,
      });
    }
    const workspace = await openWorkspace(app, state);
    return await workOn(app, {
      journal,
      runId,
      dir: runFolder(app, runId),
      seed,
      workspace,
      runtime,
      record: undefined,
      limits: countable(runtime.definition, changedLimits(state.limits, input.limits)),
      passEnv: [...passEnv, ...envNames(input.env)],
      emit,
    }, hooks);
  });
}

async function requireResumable(app: App, state: RunState): Promise<void> {
  const { runId } = state.created;
  if (state.ended && unblocked(state).length === 0) {
    throw new OuroborosError({
      code: "not_allowed",
      message: `Resume run "${runId}": it has ended: ${state.ended.reason}`,
      hint: `ouroboros status ${runId}`,
    });
  }
  requireFiles(state);
  if (!await workerLives(app, state)) return;
  throw new OuroborosError({
    code: "not_allowed",
    message: `Resume run "${runId}": process ${state.worker!.pid} works on it`,
    hint: `ouroboros status ${runId}`,
  });
}
