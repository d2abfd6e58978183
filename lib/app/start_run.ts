import { resolve } from "@std/path";
import { runEvent, runStream } from "../engine/run/events.ts";
import { foldRun } from "../engine/run/evolve.ts";
import type { RunEvent } from "../engine/run/events.ts";
import type { RunState } from "../engine/run/state.ts";
import type { RunView } from "../engine/run/view.ts";
import { newId } from "../kernel/id.ts";
import type { Journal } from "../store/journal.ts";
import { createRunWorkspace } from "../workspace/open_workspace.ts";
import type { RunWorkspace } from "../workspace/run_workspace.ts";
import { stoppableGit } from "../workspace/stoppable_git.ts";
import type { App } from "./app.ts";
import { draftRun, type RunDraft, type RunInput } from "./draft_run.ts";
import type { DetachOrder } from "./hand_over.ts";
import { progressStream } from "./progress_stream.ts";
import { planOfSeed } from "./run/agreed_plan.ts";
import type { EmitProgress, RunProgress } from "./run/progress.ts";
import { runFolder } from "./run/run_folder.ts";
import { requireHome } from "./require_home.ts";
import { refuseOpenChecks } from "./run/refuse_open_checks.ts";
import { type RunHooks, workOn } from "./work_on.ts";

export type { RunInput } from "./draft_run.ts";
export type { PlanFacts, RunHooks } from "./work_on.ts";

/**
 * Starts a run and works on it to its end. Yields progress, returns the run's view; a run that
 * was interrupted is a result, not an error. Errors: everything that stops a run before it exists
 * (seed, runtime, project, git), those of the journal.
 */
export function startRun(
  app: App,
  input: RunInput,
  hooks: RunHooks,
): AsyncGenerator<RunProgress, RunView> {
  return progressStream(async (emit) => {
    await requireHome(app);
    const draft = await draftRun(app, input);
    for (const text of draft.notices) emit({ type: "notice", text });
    const journal = await app.journal();
    const runId = newId("run", app.clock.now(), app.random);
    const dir = runFolder(app, runId);
    const begun = await beginRun(app, draft, {
      ...{ journal, runId, dir, emit },
      cancel: hooks.interrupt,
    });
    for (const text of begun.notices) emit({ type: "notice", text });
    return await workOn(app, {
      journal,
      runId,
      dir,
      seed: draft.seed,
      workspace: begun.workspace,
      runtime: draft.runtime,
      record: draft.record,
      limits: undefined,
      passEnv: draft.passEnv,
      emit,
      detach: input.detach ? detachOrder(app, { record: draft.record }) : undefined,
    }, hooks);
  });
}

/** Names that the run was created with stand in the journal. */
function detachOrder(app: App, { record }: { record: string | undefined }): DetachOrder {
  return { passEnv: [], record: record === undefined ? undefined : resolve(app.cwd, record) };
}

/** Takes the base snapshot and writes the run's first event. Leaves nothing behind when it fails. */
export async function beginRun(
  app: App,
  draft: RunDraft,
  at: { journal: Journal; runId: string; dir: string; emit: EmitProgress; cancel?: AbortSignal },
): Promise<{ workspace: RunWorkspace; state: RunState; notices: readonly string[] }> {
  const { journal, runId, dir } = at;
  const { seed, project } = draft;
  try {
    const carry = { paths: seed.workspace.carry };
    const now = () => app.clock.now();
    const reading = at.cancel && stoppableGit(app.git, at.cancel);
    const git = reading?.git ?? app.git;
    const workspace = await createRunWorkspace({
      ...{ git, dir, project, carry, now },
      own: app.paths.root,
    });
    const base = await workspace.snapshot(draft.base === undefined ? {} : { ref: draft.base });
    // From here on an end is one of the run, which writes down where it stands.
    reading?.settle();
    const notices = await refuseOpenChecks(seed, workspace, base.tree);
    const { definition, found } = draft.runtime;
    const put = (text: string) => journal.putBlob(new TextEncoder().encode(text));
    const stored = await journal.append(runStream(runId), [
      runEvent("run.created", {
        runId,
        project,
        home: app.paths.home,
        seed: {
          id: seed.id,
          name: draft.seedName,
          digest: seed.digest,
          blob: await put(draft.seedSource),
          goal: seed.goal,
        },
        ...planOfSeed(seed),
        runtime: {
          id: definition.id,
          title: definition.title,
          version: found.version,
          program: found.path ?? "built in",
        },
        permission: draft.permission,
        model: draft.model,
        passEnv: draft.passEnv,
        carry: seed.workspace.carry,
        recording: draft.recording === null ? null : await put(draft.recording),
        limits: draft.limits,
        anyway: draft.anyway,
        ...(draft.strict ? { strict: true } : {}),
        base: { ...base, ref: draft.base ?? null },
        version: app.version,
      }),
    ], { expectedVersion: 0 }) as RunEvent[];
    for (const event of stored) at.emit({ type: "event", event });
    return { workspace, state: foldRun(stored)!, notices };
  } catch (error) {
    // No event, no run: a folder without one would be a stray file.
    await Deno.remove(dir, { recursive: true }).catch(() => {
      // What stopped us may stop this too; `gc` finds folders that no run knows.
    });
    throw error;
  }
}
