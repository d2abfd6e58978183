import type { RunState } from "../../engine/run/state.ts";
import { OuroborosError } from "../../kernel/error.ts";
import { localTime } from "../../kernel/local_time.ts";
import type { App } from "../app.ts";
import {
  breakLease,
  type Lease,
  type LeaseHolder,
  type LeaseState,
  leaseState,
  tryLease,
} from "./lease.ts";
import { runFolder } from "./run_folder.ts";

/** Who wants to hold a run. */
export interface HoldOptions {
  /** Beginning of the message of a refusal: `Resume run "…"`. */
  action: string;
  /** How long a holder is waited for that is about to let go, in milliseconds; left out: not at all. */
  patienceMs?: number;
}

/** How long a worker that wrote down its end may take to be gone, in milliseconds. */
const LAST_WORDS_MS = 10_000;
const LOOK_MS = 20;
/** How long a lease that no living process is named in is tried for, in milliseconds. */
const LOOKED_AT_MS = 2000;

/** How long it makes sense to wait for the holder of a run in this state. */
export function patienceFor(state: RunState): { patienceMs: number } {
  return { patienceMs: state.ended || state.interrupted ? LAST_WORDS_MS : 0 };
}

/** Takes a run's lease for this process. Errors: not_allowed, naming who holds it; not_writable. */
export async function holdRun(app: App, runId: string, options: HoldOptions): Promise<Lease> {
  const dir = runFolder(app, runId);
  const me = await ourselves(app);
  const begun = app.clock.monotonicMs();
  while (true) {
    const lease = await tryLease(dir, me);
    if (lease) return lease;
    const state = await leaseState(dir);
    const waitedMs = app.clock.monotonicMs() - begun;
    // Without a living holder it is only looked at: by others, for moments.
    const overdue = waitedMs >= (options.patienceMs ?? 0) &&
      (waitedMs >= LOOKED_AT_MS || await isHeldByName(app, state));
    if (overdue) {
      throw await refusal(app, { runId, action: options.action, lease: state });
    }
    await app.clock.sleep(LOOK_MS);
  }
}

async function isHeldByName(app: App, state: LeaseState): Promise<boolean> {
  if (state.is !== "held" || state.holder === undefined) return false;
  return await app.processes.alive(state.holder);
}

/**
 * Does something with a run that no worker may do anything with meanwhile. Errors: as of
 * {@link holdRun}, and those of `work`.
 */
export async function whileHolding<T>(
  app: App,
  run: { runId: string; action: string },
  work: () => Promise<T>,
): Promise<T> {
  const { runId, action } = run;
  const lease = await holdRun(app, runId, { action, patienceMs: LAST_WORDS_MS });
  try {
    return await work();
  } finally {
    lease.release();
  }
}

/**
 * Takes a run's lease by force: whoever holds it is ended with everything that it started. One that
 * cannot be ended from here is fenced off by the epoch that comes next. Errors: not_allowed, when
 * another process took it over meanwhile.
 */
export async function takeRunOver(app: App, runId: string, action: string): Promise<Lease> {
  const dir = runFolder(app, runId);
  const before = await leaseState(dir);
  if (before.is === "held" && before.holder) await app.processes.reap([before.holder]);
  try {
    return await holdRun(app, runId, { action });
  } catch (error) {
    const now = await leaseState(dir);
    const left = now.is === "held" && before.is === "held" && same(now.holder, before.holder);
    if (!left) throw error;
  }
  await breakLease(dir);
  return await holdRun(app, runId, { action });
}

/** Who holds a run; where no lease of it was ever taken, the worker of an earlier version may. */
export async function runHolder(app: App, state: RunState): Promise<LeaseState> {
  const { created: { runId }, worker } = state;
  const lease = await leaseState(runFolder(app, runId));
  if (lease.is !== "unused" || worker === null || state.ended || state.interrupted) return lease;
  if (!await app.processes.alive(worker)) return lease;
  return { is: "held", holder: { ...worker, since: worker.at } };
}

/** Pid of the process that holds a run and is stopped (SIGSTOP, Ctrl-Z), if that is so. */
export async function stoppedHolder(app: App, state: RunState): Promise<number | undefined> {
  const lease = await runHolder(app, state);
  if (lease.is !== "held" || lease.holder === undefined) return undefined;
  return await app.processes.look(lease.holder) === "stopped" ? lease.holder.pid : undefined;
}

/** Refuses where a run is held, without taking it. Errors: not_allowed, naming who holds it. */
export async function refuseHeld(app: App, state: RunState, action: string): Promise<void> {
  const lease = await runHolder(app, state);
  if (lease.is === "held") {
    throw await refusal(app, { runId: state.created.runId, action, lease });
  }
}

async function ourselves(app: App): Promise<LeaseHolder> {
  return { ...await app.processes.self(), since: app.clock.now().toISOString() };
}

function same(one: LeaseHolder | undefined, other: LeaseHolder | undefined): boolean {
  return one?.pid === other?.pid && one?.startTime === other?.startTime;
}

/** The error that names who holds a run, and the way out. */
export async function refusal(
  app: App,
  at: { runId: string; action: string; lease: LeaseState },
): Promise<OuroborosError> {
  const { runId, action, lease } = at;
  const say = (detail: string, hint: string) =>
    new OuroborosError({ code: "not_allowed", message: `${action}: ${detail}`, hint });
  const holder = lease.is === "held" ? lease.holder : undefined;
  const watch = `ouroboros watch ${runId}`;
  if (holder === undefined) return say("another process works on it", watch);
  const { pid } = holder;
  const since = `since ${localTime(holder.since)}`;
  const byForce = `ouroboros resume ${runId} --take-over`;
  switch (await app.processes.look(holder)) {
    case "running":
      return say(`process ${pid} works on it, ${since}`, watch);
    case "stopped":
      return say(
        `process ${pid} works on it, ${since}, but is stopped (state T)`,
        `kill -CONT ${pid}, which lets it go on; or end it and go on here: ${byForce}`,
      );
    default:
      return say(
        `process ${pid} holds it, ${since}, and cannot be seen from here`,
        `To go on without it: ${byForce}`,
      );
  }
}
