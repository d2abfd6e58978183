import { join } from "@std/path";
import type { RunState } from "../engine/run/state.ts";
import { type RunView, viewRun } from "../engine/run/view.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { App } from "./app.ts";
import { findRun } from "./find_run.ts";
import { HOST_RUNTIME } from "./host_runtime.ts";
import { handedFile, type OfferedWork, offerFile, writeWhole } from "./host_agent.ts";
import { runFolder } from "./run/run_folder.ts";
import { worktreeName } from "./run/run_context.ts";
import { readRunState } from "./run/run_log.ts";
import { liveView } from "./show_run.ts";

/** One try of a run that a host does itself. */
export interface HostWork extends OfferedWork {
  criterion: string;
  attempt: number;
}

/** What a host finds. `work` null: there is none now, and the run says why. */
export interface HostWorkFound {
  run: RunView;
  work: HostWork | null;
  /** Nothing more will be offered: it ended, or nobody works on it. */
  atRest: boolean;
}

/** Work as it is handed in. */
export interface HandedWork {
  criterion: string;
  attempt: number;
  /** What whoever did it says; a claim, which the checks decide. */
  claim: string;
}

const POLL_MS = 200;
/** So many looks in a row find nobody, before a run's worker is called gone: an end takes a moment. */
const GONE_LOOKS = 5;

/**
 * Hands in what was done, if anything, and gives the next work of a run that its host does itself:
 * waits for it while the last is recorded and checked, for as long as a call may. Errors: not_found,
 * usage (an agent works on that run), conflict (that work is not waited for).
 */
export async function hostWork(
  app: App,
  word: string | undefined,
  options: { handed: HandedWork | undefined; timeoutMs: number; signal: AbortSignal },
): Promise<HostWorkFound> {
  const { handed, timeoutMs, signal } = options;
  const { created } = await findRun(app, word);
  const { runId } = created;
  const binary = app.registry.find(created.runtime.id)?.binary;
  if (binary?.kind !== "embedded" || binary.plays) {
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
    const work = await offered(app, state, handed);
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
  const open = (await openTries(app, state)).find((one) =>
    one.criterion === handed.criterion && one.attempt === handed.attempt
  );
  const scratch = open && scratchOf(app, state, open);
  if (scratch === undefined || !await readOffer(scratch)) {
    throw new OuroborosError({
      code: "conflict",
      message: `Hand in try ${handed.attempt} of criterion ${handed.criterion}: ` +
        "it is not waited for",
      hint: "Ask for work again: it may have been handed in already, or its time was over",
    });
  }
  await writeWhole(handedFile(scratch), { claim: handed.claim });
}

/** The first work that is offered, but for what was just handed in. */
async function offered(
  app: App,
  state: RunState,
  handed: HandedWork | undefined,
): Promise<HostWork | undefined> {
  for (const one of await openTries(app, state)) {
    if (one.criterion === handed?.criterion && one.attempt === handed.attempt) continue;
    const offer = await readOffer(scratchOf(app, state, one));
    if (offer) return { ...one, ...offer };
  }
  return undefined;
}

type Try = Pick<HostWork, "criterion" | "attempt">;

/** Tries whose process waits: what one offered that is gone, nobody will take in. */
async function openTries(app: App, { children }: RunState): Promise<Try[]> {
  const tries: Try[] = [];
  for (const one of children) {
    if (await app.processes.alive(one)) {
      tries.push({ criterion: one.criterion, attempt: one.attempt });
    }
  }
  return tries;
}

function scratchOf(app: App, state: RunState, { criterion, attempt }: Try): string {
  const folder = runFolder(app, state.created.runId);
  return join(folder, "scratch", `${worktreeName(criterion)}-${attempt}`);
}

async function readOffer(scratch: string): Promise<OfferedWork | undefined> {
  const text = await Deno.readTextFile(offerFile(scratch)).catch(() => {
    // It is not offered yet, or was handed in and is over.
  });
  return text === undefined ? undefined : JSON.parse(text);
}
