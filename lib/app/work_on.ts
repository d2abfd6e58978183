import { join, resolve } from "@std/path";
import { requestStream, runEvent, type RunLimits } from "../engine/run/events.ts";
import type { RunRequestEvent } from "../engine/run/requests.ts";
import { unblocked } from "../engine/run/unblocked.ts";
import { type RunView, viewRun } from "../engine/run/view.ts";
import type { Seed } from "../engine/seed/seed.ts";
import { messageOf } from "../kernel/error.ts";
import type { Journal } from "../store/journal.ts";
import { removeTree } from "../workspace/remove_tree.ts";
import { removeLeftovers } from "../workspace/run_folders.ts";
import type { RunWorkspace } from "../workspace/run_workspace.ts";
import { type App, systemTmp } from "./app.ts";
import type { ChosenRuntime } from "./choose_runtime.ts";
import { type DetachOrder, handOver } from "./hand_over.ts";
import { createRecorder } from "./recorder.ts";
import { confirmOnce } from "./confirm_once.ts";
import type { PlanView } from "./run/plan_view.ts";
import { runTmp } from "./run/attempt_room.ts";
import type { EmitProgress } from "./run/progress.ts";
import { reopenStep } from "./run/accept_step.ts";
import { reopenRun } from "./run/reopen_run.ts";
import type { RunContext } from "./run/run_context.ts";
import { becomeWorker, type ComingBy, type WorkerPlace } from "./run/become_worker.ts";
import { createChecker } from "./run/checker.ts";
import { runRuntime } from "./run/run_runtime.ts";
import { createSpend } from "./run/spend.ts";
import { wayOn } from "./run/way_on.ts";
import { createWishes } from "./run/wishes.ts";
import { watchRequests } from "./run/run_log.ts";
import { takeAccepts } from "./run/take_accepts.ts";
import { type Confirmation, work } from "./run/worker.ts";
import { createStop, type WorkerStop } from "./run/worker_stop.ts";

/** What the person who starts a run should know beside the plan. */
export interface PlanFacts {
  /** No run of this project was started from here before. */
  firstHere: boolean;
  /** Full rights, not yet agreed to for this project. */
  needsConsent: boolean;
  /** Asked for by flag: agents also start where nothing can be decided. */
  anyway: boolean;
}

/** How a use-case that works on a run talks to the person at it. */
export interface RunHooks {
  /** Aborts when this process has to end. */
  interrupt: AbortSignal;
  /** Shows the plan and asks, where there is somebody to ask. */
  confirm(plan: PlanView, facts: PlanFacts): Promise<Confirmation>;
}

/** One run, ready to be worked on by this process. */
export interface WorkParts {
  journal: Journal;
  runId: string;
  dir: string;
  seed: Seed;
  workspace: RunWorkspace;
  runtime: ChosenRuntime;
  record: string | undefined;
  /** New limits, where a resume gave some. */
  limits: RunLimits | undefined;
  passEnv: readonly string[];
  /** It was cancelled when somebody said to go on; left out: a cancel ends it. */
  reopens?: boolean;
  emit: EmitProgress;
  /** Left out: `free`. */
  comingBy?: ComingBy;
  /** The plan is agreed to here; the work is done by a process of its own. */
  detach?: DetachOrder | undefined;
  /** Of a run that was handed over: the last request that was not made to this worker. */
  requestsBefore?: number | undefined;
}

/** Makes this process the run's worker, works, and gives the run's view. */
export async function workOn(app: App, parts: WorkParts, hooks: RunHooks): Promise<RunView> {
  const { comingBy = "free" } = parts;
  const place = await becomeWorker(app, { ...parts, comingBy });
  try {
    return await workHere(app, { ...parts, place }, hooks);
  } catch (error) {
    const { runId, dir } = parts;
    throw await wayOn(error, { runId, dir, project: place.log.state.created.project });
  } finally {
    place.lease.release();
  }
}

async function workHere(
  app: App,
  parts: WorkParts & { place: WorkerPlace },
  hooks: RunHooks,
): Promise<RunView> {
  const { journal, runId, emit, place, detach } = parts;
  const { log, epoch } = place;
  if (parts.reopens) await reopenRun(app, log);
  if (log.state.ended && unblocked(log.state).length === 0) return viewRun(log.state);
  await log.append(runEvent("worker.started", {
    ...await app.processes.self(),
    epoch,
    ...(parts.limits === undefined ? {} : { limits: parts.limits }),
  }));
  await reopenStep({ log });
  await removeTree(runTmp(systemTmp(app), runId));
  // What the agents and checks of a worker that died had for themselves.
  await removeTree(join(parts.dir, "scratch"));
  const stop = createStop(app.clock, log.state.limits, hooks.interrupt);
  const recorder = parts.record === undefined || detach ? undefined : createRecorder({
    title: log.state.created.seed.goal,
    runtime: log.state.created.runtime.id,
    dir: parts.seed.workspace.dir,
    redact: (text) => app.redact(text),
  });
  const context: RunContext = {
    runId,
    dir: parts.dir,
    seed: parts.seed,
    log,
    journal,
    workspace: parts.workspace,
    processes: app.processes,
    spoolMask: () => app.redactChunks(),
    clock: app.clock,
    systemTmp: systemTmp(app),
    ...await runRuntime(app, { ...parts, state: log.state, stop: stop.signal }),
    ...await createChecker(app, { ...parts, state: log.state, cancel: stop.signal }),
    wishes: createWishes(),
    spend: createSpend(() => log.state),
    recorder,
    emit,
    stop: stop.signal,
  };
  const done = new AbortController();
  const before = parts.requestsBefore ?? await lastRequest(journal, runId);
  const watching = watchRequests(journal, runId, {
    // From the first one: a worker that died may have left an answer that nobody took in.
    after: 0,
    epoch,
    until: done.signal,
    sleep: (ms, signal) => app.clock.sleep(ms, signal),
    onRequest: (request) => onRequest(context, request, { stop, before }),
  }).catch((error) => stop.ask({ kind: "failed", error }));
  try {
    await work(context, {
      stopReason: stop.reason,
      stop: stop.ask,
      waiting: stop.waiting,
      tidyUp: () => tidyUp(app, parts),
      confirm: (state) => confirmOnce(app, parts, state, hooks),
      ...(detach === undefined ? {} : { handsOver: (state) => state.confirmed }),
    });
  } finally {
    done.abort();
    stop.end();
    await watching;
    await removeTree(runTmp(systemTmp(app), runId)).catch(() => {
      // Something that got away still writes there; the next worker, or `gc`, tries again.
    });
    if (recorder && parts.record !== undefined) {
      await recorder.write(resolve(app.cwd, parts.record));
    }
  }
  if (detach && log.state.ended === null && log.state.interrupted === null) {
    await handOver(app, parts, { ...detach, requestsBefore: before });
    return viewRun(log.state);
  }
  await takeAccepts(context);
  const run = viewRun(log.state);
  // The worker tidied up where it saw the run pass; a person may have closed the rest since.
  if (run.state === "passed" && log.state.ended?.result !== "passed") await tidyUp(app, parts);
  return run;
}

/** A run that passed needs its worktrees no more; those of others are kept to be looked at. */
async function tidyUp(app: App, { runId, dir, emit }: WorkParts): Promise<void> {
  try {
    await removeLeftovers(dir);
    await removeTree(runTmp(systemTmp(app), runId));
  } catch (error) {
    // The work is done and written down; `gc` will try again.
    emit({ type: "notice", text: `Some files of this run were left behind: ${messageOf(error)}` });
  }
}

/** Version of the last request that was made to a run's workers; 0: none was. */
export async function lastRequest(journal: Journal, runId: string): Promise<number> {
  const stream = requestStream(runId);
  const [found] = await journal.streams({ prefix: stream, limit: 1 });
  return found?.stream === stream ? found.version : 0;
}

/** `before`: version of the last request that was made before this worker began. */
function onRequest(
  context: RunContext,
  request: RunRequestEvent,
  worker: { stop: WorkerStop; before: number },
): void {
  if (request.type === "cancel.requested") {
    // An older one was meant for a worker that is gone; who resumed since wants the run.
    if (request.version <= worker.before) return;
    worker.stop.ask({ kind: "cancel", by: request.data.by, reason: request.data.reason });
    return;
  }
  const { version } = request;
  if (context.log.state.refused.some((one) => one.request === version)) return;
  const { withoutWork = false, ...wish } = request.data;
  context.wishes.add({ ...wish, withoutWork, request: version });
}
