import type { RunState } from "../engine/run/state.ts";
import { mayReopen } from "../engine/run/may_reopen.ts";
import { unblocked } from "../engine/run/unblocked.ts";
import type { RunView } from "../engine/run/view.ts";
import { OuroborosError } from "../kernel/error.ts";
import { shellWord } from "../kernel/shell_word.ts";
import type { App } from "./app.ts";
import { changedLimits, countable, type LimitWords } from "./run_limits.ts";
import { chooseRuntime } from "./choose_runtime.ts";
import { envNames } from "./draft_run.ts";
import { findRun } from "./find_run.ts";
import { progressStream } from "./progress_stream.ts";
import { openWorkspace } from "./run/open_workspace.ts";
import { runFolder } from "./run/run_folder.ts";
import { refuseOtherPlan } from "./run/agreed_plan.ts";
import { changedSeed } from "./run/changed_seed.ts";
import { notAgreed } from "./run/become_worker.ts";
import { refuseHeld } from "./run/hold_run.ts";
import { loadRunSeed } from "./run/load_run_seed.ts";
import type { RunProgress } from "./run/progress.ts";
import type { Confirmation } from "./run/worker.ts";
import { requireFiles } from "./run/take_over.ts";
import { workerLives } from "./show_run.ts";
import { requireNames } from "./unset_names.ts";
import { type RunHooks, workOn, type WorkParts } from "./work_on.ts";

/** What a resume may change. */
export interface ResumeInput {
  limits: LimitWords;
  env: readonly string[];
  /** Whoever works on it is ended, or fenced off where it cannot be. */
  takeOver?: boolean;
  /** A process of its own goes on with it. */
  detach?: boolean;
}

/** What a worker of its own process is told; see `GivenOrder`. */
export interface HandedInput {
  env: readonly string[];
  record: string | undefined;
  requestsBefore: number;
  /** How somebody agreed to its plan; undefined: the journal has to say so. */
  agreed: Confirmation["how"] | undefined;
}

/**
 * Goes on with a run whose worker is gone or was interrupted, that was cancelled, or that has ended and
 * of which a person accepted what other criteria depend on. What its worker left running is ended first. Errors:
 * not_found, not_allowed (ended, worked on, discarded), usage (a variable that it hands on is not
 * set), workspace_lost, those of choosing the runtime, those of the journal.
 */
export function resumeRun(
  app: App,
  word: string | undefined,
  input: ResumeInput,
  hooks: RunHooks,
): AsyncGenerator<RunProgress, RunView> {
  return progressStream(async (emit) => {
    const state = await findRun(app, word);
    await requireResumable(app, state, input.takeOver === true);
    const passEnv = envNames(input.env);
    const { env } = (await app.config()).config;
    await requireNames(app, state.created, [...env.agents, ...env.checks, ...passEnv]);
    return await goOn(app, state, {
      comingBy: input.takeOver ? "force" : "free",
      record: undefined,
      limits: input.limits,
      passEnv,
      reopens: mayReopen(state),
      detach: input.detach ? { passEnv, record: undefined } : undefined,
      emit,
    }, hooks);
  });
}

/**
 * Works on a run that the process above has handed to this one, its plan agreed to. Errors: as of
 * {@link resumeRun}.
 */
export function workHanded(
  app: App,
  runId: string,
  input: HandedInput,
  interrupt: AbortSignal,
): AsyncGenerator<RunProgress, RunView> {
  return progressStream(async (emit) => {
    const state = await findRun(app, runId);
    // Where it was cancelled since it was handed over, that counts.
    requireOpen(state);
    const { record, requestsBefore, agreed } = input;
    if (!state.confirmed && agreed === undefined) throw notAgreed(runId);
    const passEnv = envNames(input.env);
    const parts = { record, requestsBefore, passEnv, limits: undefined, detach: undefined, emit };
    return await goOn(app, state, { ...parts, comingBy: "handed" }, {
      interrupt,
      confirm: (_plan, { anyway }) =>
        agreed === undefined
          ? Promise.reject(notAgreed(runId))
          : Promise.resolve({ go: true, anyway, how: agreed }),
    });
  });
}

async function goOn(
  app: App,
  state: RunState,
  parts:
    & Pick<
      WorkParts,
      "comingBy" | "requestsBefore" | "record" | "passEnv" | "reopens" | "detach" | "emit"
    >
    & {
      /** Left out: they stay as they are. */
      limits: LimitWords | undefined;
    },
  hooks: RunHooks,
): Promise<RunView> {
  const journal = await app.journal();
  const { runId, runtime: used, passEnv, recording } = state.created;
  const seed = await loadRunSeed(journal, state);
  refuseOtherPlan(app, state, seed);
  const runtime = await chooseRuntime(app, { name: used.id, embedded: recording !== null });
  if (runtime.found.version !== used.version) {
    parts.emit({
      type: "notice",
      text: `${used.title} is ${runtime.found.version} now; the run began with ${used.version}`,
    });
  }
  const moved = otherHome(app, state);
  if (moved !== undefined) parts.emit({ type: "notice", text: moved });
  // Who hands a run over has said it.
  const edited = parts.comingBy === "handed" ? undefined : await changedSeed(state);
  if (edited !== undefined) parts.emit({ type: "notice", text: edited });
  const workspace = await openWorkspace(app, state);
  return await workOn(app, {
    ...parts,
    journal,
    runId,
    dir: runFolder(app, runId),
    seed,
    workspace,
    runtime,
    limits: parts.limits &&
      countable(runtime.definition, changedLimits(state.limits, parts.limits)),
    passEnv: [...passEnv, ...parts.passEnv],
  }, hooks);
}

/** What to say where the home folder is not the one that the run began with. */
function otherHome({ paths: { home, root, rootFrom } }: App, state: RunState): string | undefined {
  const { runId, home: before } = state.created;
  if (before === undefined || before === home) return undefined;
  const ours = rootFrom === "HOME" ? `OUROBOROS_HOME=${shellWord(root)} ` : "";
  return `The home folder is "${home}" now; the run began with "${before}". Agents and checks get ` +
    "the settings, sign-ins and sessions that are there now. To go on with those of then: " +
    `${ours}HOME=${shellWord(before)} ouroboros resume ${runId}`;
}

/** Refuses what cannot go on, or is worked on. Errors: not_allowed, workspace_lost. */
export async function requireResumable(app: App, state: RunState, byForce: boolean): Promise<void> {
  if (!mayReopen(state)) requireOpen(state);
  // A worker that wrote down its end is about to let go.
  if (byForce || !await workerLives(app, state)) return;
  await refuseHeld(app, state, `Resume run "${state.created.runId}"`);
}

function requireOpen(state: RunState): void {
  const { runId } = state.created;
  if (state.ended && unblocked(state).length === 0) {
    throw new OuroborosError({
      code: "not_allowed",
      message: `Resume run "${runId}": it has ended: ${state.ended.reason}`,
      hint: `ouroboros status ${runId}`,
    });
  }
  requireFiles(state);
}
