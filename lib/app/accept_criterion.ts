import { requestStream } from "../engine/run/events.ts";
import { openLook } from "../engine/run/next_step.ts";
import { runRequest } from "../engine/run/requests.ts";
import type { RunState } from "../engine/run/state.ts";
import { type RunView, viewRun } from "../engine/run/view.ts";
import { workToBring } from "../engine/run/work_to_bring.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { RunWorkspace } from "../workspace/run_workspace.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";
import { reapWorker } from "./reap_worker.ts";
import { type Acceptance, acceptStep, isClosed } from "./run/accept_step.ts";
import { recheckStep } from "./run/check_steps.ts";
import { createChecker } from "./run/checker.ts";
import { whileHolding } from "./run/hold_run.ts";
import { loadRunSeed } from "./run/load_run_seed.ts";
import { openWorkspace } from "./run/open_workspace.ts";
import { runFolder } from "./run/run_folder.ts";
import type { EmitProgress } from "./run/progress.ts";
import { readRunState } from "./run/run_log.ts";
import { requireFiles, takeOver } from "./run/take_over.ts";
import { recordStep, revertStep, separateStep } from "./run/work_steps.ts";
import { whoActs } from "./who_acts.ts";
import { workerLives } from "./show_run.ts";

/** How long a live worker's answer is waited for, in milliseconds. */
const WORKER_ANSWER_MS = 1000;

/** What is accepted, and how. */
export interface AcceptOptions {
  criterion: string;
  reason: string;
  /** Only close it: its work, if there is any, stays off the run's branch. */
  withoutWork?: boolean;
  /** Told what happens meanwhile: checks of what held run again. */
  emit?: EmitProgress;
  cancel?: AbortSignal;
}

/**
 * A person closes a criterion by their own judgement; who, when and why go into the journal and
 * the receipt. Its work (of the last try that changed something) comes onto the run's branch, where
 * everything that held is checked again. A worker that is busy takes it in at its next step, so that
 * the view may not show it yet. Errors: not_found (run or criterion), usage (no reason), not_allowed
 * (no work either), conflict and check_said_no (its work does not go together with what the run
 * holds), those of the workspace.
 */
export async function acceptCriterion(
  app: App,
  word: string,
  options: AcceptOptions,
): Promise<RunView> {
  const { criterion, reason, withoutWork = false } = options;
  if (reason.trim() === "") {
    throw new OuroborosError({
      code: "usage",
      message: `Say why criterion "${criterion}" is accepted`,
      hint: `ouroboros accept ${word} ${criterion} --reason "…"`,
    });
  }
  const state = await findRun(app, word);
  requireOpen(state, criterion);
  const wish = { criterion, by: await whoActs(app), reason, withoutWork };
  if (await workerLives(app, state)) {
    const answered = await askWorker(app, state, wish);
    if (answered) return answered;
  }
  const { runId } = state.created;
  return await whileHolding(
    app,
    { runId, action: `Accept criterion "${criterion}"` },
    () => acceptHere(app, state, wish, options),
  );
}

/** A live worker's answer; undefined where it ended without one. */
async function askWorker(
  app: App,
  before: RunState,
  wish: Acceptance,
): Promise<RunView | undefined> {
  const journal = await app.journal();
  const { runId } = before.created;
  const [asked] = await journal.append(requestStream(runId), [
    runRequest("accept.requested", wish),
  ]);
  // It takes it in between two steps, which may be long from now; or it ends at this moment.
  const until = app.clock.monotonicMs() + WORKER_ANSWER_MS;
  while (true) {
    await app.clock.sleep(100);
    const state = await readRunState(journal, runId);
    if (isClosed(state, wish.criterion)) return viewRun(state);
    const no = state.refused.find((one) => one.request === asked!.version);
    if (no) {
      const { code, reason, hint } = no;
      throw new OuroborosError({ code, message: reason, ...(hint === null ? {} : { hint }) });
    }
    if (!await workerLives(app, state)) return undefined;
    if (app.clock.monotonicMs() >= until) return viewRun(state);
  }
}

/** Nobody works on the run: this process does what a worker would do. */
async function acceptHere(
  app: App,
  { created: { runId, passEnv } }: RunState,
  wish: Acceptance,
  options: AcceptOptions,
): Promise<RunView> {
  const journal = await app.journal();
  const { emit = () => {}, cancel = new AbortController().signal } = options;
  const { log } = await takeOver(journal, runId, { owner: `accept by ${wish.by}`, emit });
  if (isClosed(log.state, wish.criterion)) return viewRun(log.state);
  await reapWorker(app, log.state);
  const seed = await loadRunSeed(journal, log.state);
  const context = { runId, seed, log, journal, clock: app.clock, recorder: undefined, emit };
  if (!wantsFiles(log.state, wish)) {
    await acceptStep({ ...context, workspace: NO_FILES, check: noFiles }, wish);
    return viewRun(log.state);
  }
  requireFiles(log.state);
  const workspace = await openWorkspace(app, log.state);
  const dir = runFolder(app, runId);
  const { check } = await createChecker(app, {
    ...{ dir, seed, workspace, state: log.state, passEnv, emit, cancel },
  });
  const whole = { ...context, workspace, check };
  const last = log.state.criteria.find((one) => one.id === wish.criterion)!.attempts.at(-1);
  if (last && last.commit === null) {
    const { criterion } = wish;
    await recordStep(whole, { do: "record", criterion, attempt: last.number });
  }
  while (!log.state.ended) {
    const step = openLook(log.state);
    if (!step) break;
    if (step.do === "recheck") await recheckStep(whole, step);
    else if (step.do === "revert") await revertStep(whole, step);
    else await separateStep(whole, step);
  }
  await acceptStep(whole, wish);
  return viewRun(log.state);
}

/** Whether work of the criterion has to be looked for, or work on the branch looked at. */
function wantsFiles(state: RunState, { criterion, withoutWork }: Acceptance): boolean {
  const own = state.criteria.find((one) => one.id === criterion)!;
  const unrecorded = own.attempts.at(-1)?.commit === null;
  if (!withoutWork && (unrecorded || workToBring(own))) return true;
  return !state.ended && openLook(state) !== undefined;
}

const NO_FILES: Pick<RunWorkspace, "integrate" | "moveHead"> = {
  integrate: noFiles,
  moveHead: noFiles,
};

function noFiles(): Promise<never> {
  return Promise.reject(
    new OuroborosError({ code: "internal", message: "Use files of a run that needs none" }),
  );
}

function requireOpen(state: RunState, id: string): void {
  const { runId } = state.created;
  const criterion = state.criteria.find((one) => one.id === id);
  if (!criterion) {
    throw new OuroborosError({
      code: "not_found",
      message: `Find criterion "${id}" in run "${runId}": it has ${
        state.criteria.map((one) => `"${one.id}"`).join(", ")
      }`,
      hint: `ouroboros status ${runId}`,
    });
  }
  const settled = criterion.settled?.state;
  if (settled === "passed" || settled === "accepted") {
    throw new OuroborosError({
      code: "not_allowed",
      message: `Accept criterion "${id}": it is ${settled} already`,
      hint: `ouroboros receipts ${runId}`,
    });
  }
}
