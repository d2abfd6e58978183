import { mayReopen } from "../engine/run/may_reopen.ts";
import { runEvent, type RunLimits } from "../engine/run/events.ts";
import type { RunState } from "../engine/run/state.ts";
import { OuroborosError } from "../kernel/error.ts";
import { newId } from "../kernel/id.ts";
import type { Journal } from "../store/journal.ts";
import type { App } from "./app.ts";
import { cancelRun } from "./cancel_run.ts";
import { projectFacts } from "./confirm_once.ts";
import { draftRun, type RunDraft, type RunInput } from "./draft_run.ts";
import { atFolder } from "./at_folder.ts";
import { listRuns } from "./list_runs.ts";
import { findRun, hasJournal } from "./find_run.ts";
import { handOver } from "./hand_over.ts";
import { requireHome } from "./require_home.ts";
import { requireResumable } from "./resume_run.ts";
import { becomeWorker } from "./run/become_worker.ts";
import { claimStart } from "./run/claim_start.ts";
import { costOfRest, type CostView, costView } from "./run/cost_view.ts";
import { reopenRun } from "./run/reopen_run.ts";
import { runFolder } from "./run/run_folder.ts";
import type { EmitProgress } from "./run/progress.ts";
import type { Confirmation } from "./run/worker.ts";
import { allowsMore, changedLimits, countable, type LimitWords } from "./run_limits.ts";
import { beginRun } from "./start_run.ts";
import { requireNames } from "./unset_names.ts";
import { lastRequest } from "./work_on.ts";

/** A run that may be started without a terminal; nothing of it exists yet. */
export interface DetachedPlan {
  draft: RunDraft;
  cost: CostView;
  /** Somebody has to say yes: no run of this project was started before, or rights are full. */
  mustAsk: boolean;
  /** Id of a run of the same seed that is worked on in this project; null: there is none. */
  goingOn: string | null;
  notices: readonly string[];
}

/** What a start came to. */
export interface DetachedStart {
  runId: string;
  /** Id of the runtime that works on it. */
  runtime: string;
  notices: readonly string[];
}

/** How a start was agreed to. */
export interface Agreement {
  agreed: Confirmation["how"];
  /** Aborted: nobody wants the run any more, and what was begun of it is ended. */
  signal?: AbortSignal;
}

const NEVER = new AbortController().signal;

/** So many of the newest runs may still be going on. */
const LOOKED_AT = 10;

/** How long a start waits for the worker's first sign, in milliseconds: whoever called waits too. */
const FIRST_SIGN_MS = 700;

/** Reads and checks what a run needs, and touches nothing. Errors: as of `draftRun`. */
export async function planDetached(app: App, input: RunInput): Promise<DetachedPlan> {
  await requireHome(app);
  const draft = await draftRun(app, { ...input, detach: "at_once" });
  const facts = await hasJournal(app)
    ? await projectFacts(await app.journal(), draft)
    : { firstHere: true, needsConsent: draft.permission.effective === "full" };
  return {
    draft,
    cost: costView(draft),
    mustAsk: facts.firstHere || facts.needsConsent,
    goingOn: await sameGoingOn(app, draft),
    notices: draft.notices,
  };
}

async function sameGoingOn(app: App, { seed, project }: RunDraft): Promise<string | null> {
  const runs = await listRuns(atFolder(app, project), { all: false, limit: LOOKED_AT });
  const same = runs.find((one) => one.state === "running" && one.seed.digest === seed.digest);
  return same?.runId ?? null;
}

/**
 * Begins a run and leaves all of its work to a process of its own, which outlives this one. Comes back
 * with the id as soon as that process works, or after a moment. Errors: those of `startRun` before
 * its run exists; conflict (a run of the same seed goes on in the project), cancelled, not_started.
 */
export async function startDetached(
  app: App,
  { draft }: Pick<DetachedPlan, "draft">,
  { agreed, signal = NEVER }: Agreement,
): Promise<DetachedStart> {
  const journal = await app.journal();
  using claim = new DisposableStack();
  claim.use(await claimStart(app, draft.project, signal));
  const goingOn = await sameGoingOn(app, draft);
  if (goingOn !== null) throw goesOn(goingOn);
  const runId = newId("run", app.clock.now(), app.random);
  const { notices, emit } = collector();
  const dir = runFolder(app, runId);
  const begun = await beginRun(app, draft, { journal, runId, dir, emit, cancel: signal });
  notices.push(...draft.notices, ...begun.notices);
  if (!signal.aborted) {
    const { handed } = await leaveToWorker(app, { journal, runId, emit }, {
      ...{ agreed, signal, requestsBefore: 0 },
    });
    // Between the two nobody holds the run: another start would take it for one that is dead.
    const until = claim.move();
    handed.finally(() => until.dispose());
  }
  await endUnwanted(app, runId, signal);
  return { runId, runtime: draft.runtime.definition.id, notices };
}

/**
 * A call that is made twice, by a host or a model that lost patience, is not to be paid for twice.
 */
export function goesOn(runId: string): OuroborosError {
  return new OuroborosError({
    code: "conflict",
    message: `Start a run of this seed: run "${runId}" of it is going on in this project`,
    hint: `ouroboros_job_wait with job_id "${runId}"`,
  });
}

/** Ends a run whose id reaches nobody: whoever asked for it took that back. Errors: cancelled. */
async function endUnwanted(app: App, runId: string, signal: AbortSignal): Promise<void> {
  if (!signal.aborted) return;
  const reason = "the call that started it was cancelled";
  await cancelRun(app, runId, { reason, until: signal });
  throw new OuroborosError({ code: "cancelled", message: `Start run "${runId}": ${reason}` });
}

/**
 * What going on with a run that was interrupted or cancelled may cost. Somebody is asked also where
 * a limit is set higher than it was agreed to. Errors: not_found, usage, as
 * of `resumeRun`.
 */
export async function planResume(
  app: App,
  word: string | undefined,
  limits: LimitWords,
): Promise<Pick<DetachedPlan, "cost" | "mustAsk">> {
  const state = await findRun(app, word);
  await requireResumable(app, state, false);
  const facts = state.confirmed
    ? { firstHere: false, needsConsent: false }
    // The plan of the run was shown to nobody yet.
    : await projectFacts(await app.journal(), state.created);
  const wasCancelled = mayReopen(state);
  const next = newLimits(app, state, limits);
  return {
    cost: costOfRest(state, next),
    // A no of the user's is not for a model to take back, nor is their ceiling for it to lift.
    mustAsk: facts.firstHere || facts.needsConsent || wasCancelled ||
      allowsMore(next, state.limits),
  };
}

/**
 * Goes on with a run that was interrupted or cancelled in a process of its own. Errors: as of
 * `resumeRun`; not_started.
 */
export async function resumeDetached(
  app: App,
  word: string | undefined,
  input: Agreement & { limits: LimitWords },
): Promise<DetachedStart> {
  const state = await findRun(app, word);
  await requireResumable(app, state, false);
  await requireNames(app, state.created);
  const journal = await app.journal();
  const { signal = NEVER } = input;
  signal.throwIfAborted();
  const { runId, runtime } = state.created;
  const { notices, emit } = collector();
  const changed = Object.values(input.limits).some((one) => one !== undefined);
  await leaveToWorker(app, { journal, runId, emit }, {
    reopens: mayReopen(state),
    agreed: input.agreed,
    signal,
    requestsBefore: await lastRequest(journal, runId),
    ...(changed ? { limits: newLimits(app, state, input.limits) } : {}),
  });
  await endUnwanted(app, runId, signal);
  return { runId, runtime: runtime.id, notices };
}

function newLimits(app: App, state: RunState, words: LimitWords): RunLimits {
  const definition = app.registry.require(state.created.runtime.id);
  return countable(definition, changedLimits(state.limits, words));
}

function collector(): { notices: string[]; emit: EmitProgress } {
  const notices: string[] = [];
  return {
    notices,
    emit: (progress) => {
      if (progress.type === "notice") notices.push(progress.text);
    },
  };
}

/** `handed`: settles once the worker has taken over or could not; this one waits for a moment only. */
async function leaveToWorker(
  app: App,
  run: { journal: Journal; runId: string; emit: EmitProgress },
  order: {
    agreed: Confirmation["how"];
    signal: AbortSignal;
    /** As of `WorkParts`. */
    reopens?: boolean;
    requestsBefore: number;
    limits?: RunLimits;
  },
): Promise<{ handed: Promise<void> }> {
  const place = await becomeWorker(app, { ...run, comingBy: "free" });
  const { limits, signal, reopens, ...given } = order;
  if (reopens) await reopenRun(app, place.log);
  if (limits !== undefined) {
    const { epoch } = place;
    const self = await app.processes.self();
    await place.log.append(runEvent("worker.started", { ...self, epoch, limits }));
  }
  const handing = handOver(app, { ...run, place }, { ...given, passEnv: [], record: undefined })
    .finally(() => place.lease.release());
  const handed = handing.catch(() => {
    // Told to whoever still waited; and it stands in the journal as an interruption.
  });
  const patience = new AbortController();
  const until = AbortSignal.any([patience.signal, signal]);
  try {
    await Promise.race([handing, app.clock.sleep(FIRST_SIGN_MS, until)]);
  } finally {
    patience.abort();
  }
  return { handed };
}
