import { join } from "@std/path";
import type { RunState } from "../../engine/run/state.ts";
import { type RunView, viewRun } from "../../engine/run/view.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";
import { findRun } from "../find_run.ts";
import { HOST_RUNTIME } from "./host_runtime.ts";
import { handedFile, type OfferedWork, offerFile, writeValue } from "./host_agent.ts";
import { missing } from "../inside_folder.ts";
import { runFolder } from "../run/run_folder.ts";
import { worktreeName } from "../run/run_context.ts";
import { readRunState } from "../run/run_log.ts";
import { liveView } from "../show_run.ts";

/** Which try of which criterion. */
export interface HostTry {
  criterion: string;
  attempt: number;
}

/** One try of a run that a host does itself. */
export interface HostWork extends OfferedWork, HostTry {
  /** Somebody was handed it already: who lost it, or another who is at it. */
  before: boolean;
}

/** What a host finds. `work` null: there is none now, and the run says why. */
export interface HostWorkFound {
  run: RunView;
  work: HostWork | null;
  /** Nothing more will be offered: it ended, or nobody works on it. */
  atRest: boolean;
}

/** Work as it is handed in. */
export interface HandedWork extends HostTry {
  /** What whoever did it says; a claim, which the checks decide. */
  claim: string;
}

const POLL_MS = 200;
/** So many looks in a row find nobody, before a run's worker is called gone: an end takes a moment. */
const GONE_LOOKS = 5;

/** What a host says when it comes for work. */
export interface HostAsks {
  /** What it did; left out: nothing yet. */
  handed?: HandedWork | undefined;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Hands in what was done, if anything, and gives the next work of a run that its host does itself:
 * waits for it while the last is recorded and checked, for as long as a call may. What nobody was
 * handed yet comes first, so that of a run with several jobs each call gives another; what somebody
 * was, is for a host that comes anew, as after a kill. Errors: not_found, usage (an agent works on
 * that run), conflict (that work is not waited for), not_writable.
 */
export async function hostWork(
  app: App,
  word: string | undefined,
  { handed, timeoutMs, signal }: HostAsks,
): Promise<HostWorkFound> {
  const { created } = await findRun(app, word);
  const { runId } = created;
  if (created.runtime.id !== HOST_RUNTIME) {
    throw new OuroborosError({
      code: "usage",
      message: `Take work of run "${runId}": ${created.runtime.title} works on it`,
      hint:
        `Start a run that you do yourself: ouroboros run SEED --detach --runtime ${HOST_RUNTIME}`,
    });
  }
  const journal = await app.journal();
  if (handed) await handIn(app, await readRunState(journal, runId), handed);
  const until = app.clock.monotonicMs() + timeoutMs;
  let alone = 0;
  while (true) {
    const state = await readRunState(journal, runId);
    const run = await liveView(app, viewRun(state), state);
    const work = await takeWork(app, state, { again: handed === undefined });
    // A worker that is gone is believed to be so after a few looks; one that said so, at once.
    const gone = run.state === "interrupted" && state.interrupted === null;
    alone = gone ? alone + 1 : 0;
    const atRest = run.state !== "running" && (!gone || alone >= GONE_LOOKS);
    const timeOver = app.clock.monotonicMs() >= until || signal.aborted;
    if (work || atRest || timeOver) return { run, work: work ?? null, atRest };
    await app.clock.sleep(POLL_MS, signal);
  }
}

async function handIn(app: App, state: RunState, handed: HandedWork): Promise<void> {
  const { criterion, attempt, claim } = handed;
  const open = (await openTries(app, state))
    .find((one) => one.criterion === criterion && one.attempt === attempt);
  if (open && await handOnce(scratchOf(app, state, open), claim)) return;
  throw new OuroborosError({
    code: "conflict",
    message: `Hand in try ${attempt} of criterion ${criterion}: it is not waited for`,
    hint: "Ask for work again: it may have been handed in already, or its time was over",
  });
}

/** Of two who hand the same work in one does; false for the other. Errors: not_writable. */
async function handOnce(scratch: string, claim: string): Promise<boolean> {
  const file = await Deno.open(join(scratch, "handing"), { create: true, write: true, mode: 0o600 })
    .catch(missing);
  // The try is over, and its folder gone.
  if (!file) return false;
  try {
    // The system gives it back if we are killed before the end.
    await file.lock(true);
    if (!await readOffer(scratch)) return false;
    await writeValue(handedFile(scratch), { claim });
    return true;
  } finally {
    file.unlockSync();
    file.close();
  }
}

/** Takes the first work that nobody was handed; `again`: else one that somebody was. */
async function takeWork(
  app: App,
  state: RunState,
  { again }: { again: boolean },
): Promise<HostWork | undefined> {
  let taken: HostWork | undefined;
  for (const one of await openTries(app, state)) {
    const scratch = scratchOf(app, state, one);
    const offer = await readOffer(scratch);
    if (!offer) continue;
    if (await takeOnce(scratch)) return { ...one, ...offer, before: false };
    taken ??= { ...one, ...offer, before: true };
  }
  return again ? taken : undefined;
}

async function takeOnce(scratch: string): Promise<boolean> {
  try {
    (await Deno.open(join(scratch, "taken"), { createNew: true, write: true })).close();
    return true;
  } catch (error) {
    // Another was faster, or the try has just ended.
    if (error instanceof Deno.errors.AlreadyExists || error instanceof Deno.errors.NotFound) {
      return false;
    }
    throw error;
  }
}

/** Tries whose process waits: what one offered that is gone, nobody will take in. */
async function openTries(app: App, { children }: RunState): Promise<HostTry[]> {
  const tries: HostTry[] = [];
  for (const one of children) {
    if (await app.processes.alive(one)) {
      tries.push({ criterion: one.criterion, attempt: one.attempt });
    }
  }
  return tries;
}

function scratchOf(app: App, state: RunState, { criterion, attempt }: HostTry): string {
  const folder = runFolder(app, state.created.runId);
  return join(folder, "scratch", `${worktreeName(criterion)}-${attempt}`);
}

/** Undefined: it is not offered yet, was handed in, or is over. */
async function readOffer(scratch: string): Promise<OfferedWork | undefined> {
  if (await Deno.stat(handedFile(scratch)).catch(missing)) return undefined;
  const text = await Deno.readTextFile(offerFile(scratch)).catch(missing);
  return text === undefined ? undefined : JSON.parse(text);
}
