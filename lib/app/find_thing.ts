import { type InterviewView, viewInterview } from "../engine/interview/view.ts";
import type { InterviewState } from "../engine/interview/state.ts";
import type { RunState } from "../engine/run/state.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Journal } from "../store/journal.ts";
import type { App } from "./app.ts";
import { createdRun, findRun, hasJournal, isWithin, realPath, runIds } from "./find_run.ts";
import { findInterview, interviewIds, readInterview } from "./interview/interview_log.ts";
import { readRunState } from "./run/run_log.ts";

/** Whatever an id may name. A worker is named by its run. */
export type Thing =
  | { kind: "run"; run: RunState }
  | { kind: "interview"; interview: InterviewView; events: number };

/** How many of the newest are looked through for what is no id of theirs. */
const LOOKED_THROUGH = 200;
/** Of so many the workers are looked at: who asks for a worker saw it a moment ago. */
const WORKERS_OF = 20;

/**
 * What an id names: a run, an interview, or by a seed's or a worker's id the run or the interview
 * that it belongs to; an end of the id suffices. Without one the latest of this project. Errors:
 * not_found, usage (more than one fits).
 */
export async function findThing(app: App, word: string | undefined): Promise<Thing> {
  if (!await hasJournal(app)) throw await nothing(app, word);
  const journal = await app.journal();
  if (word === undefined) return await latest(app, journal);
  if (word.startsWith("run_")) return { kind: "run", run: await findRun(app, word) };
  const found = word.startsWith("interview_")
    ? undefined
    : await attempt(() => findRun(app, word)) ?? await bySeedOrWorker(journal, word);
  if (found !== undefined) return { kind: "run", run: found };
  const id = await attempt(() => findInterview(app, word)) ?? await bySeed(journal, word);
  if (id === undefined) throw await nothing(app, word);
  return interviewThing(await readInterview(journal, id));
}

function interviewThing(state: InterviewState): Thing {
  return { kind: "interview", interview: viewInterview(state), events: state.version };
}

/**
 * The id of the run that an id leads to: its own, or a seed's or a worker's; without one the newest
 * of this project. Errors: not_found, usage (it is an interview's).
 */
export async function findRunOf(app: App, word: string | undefined): Promise<string> {
  if (word === undefined) return (await findRun(app, word)).created.runId;
  const thing = await findThing(app, word);
  if (thing.kind === "run") return thing.run.created.runId;
  const { interviewId } = thing.interview;
  throw new OuroborosError({
    code: "usage",
    message: `Find the run "${word}": it is the interview ${interviewId}, which has none`,
    hint: "ouroboros runs",
  });
}

/** The newest of this project, whichever kind was touched last. */
async function latest(app: App, journal: Journal): Promise<Thing> {
  const run = await attempt(() => findRun(app, undefined));
  const interview = await newestInterview(app, journal);
  if (run !== undefined && (interview === undefined || run.updatedAt >= interview.updatedAt)) {
    return { kind: "run", run };
  }
  if (interview !== undefined) return interviewThing(interview);
  throw await nothing(app, undefined);
}

async function newestInterview(app: App, journal: Journal): Promise<InterviewState | undefined> {
  const here = await realPath(app.cwd);
  for (const id of await interviewIds(journal, LOOKED_THROUGH)) {
    const state = await readInterview(journal, id);
    const { project } = state.begun;
    if (project !== null && isWithin(here, project)) return state;
  }
  return undefined;
}

async function bySeedOrWorker(journal: Journal, word: string): Promise<RunState | undefined> {
  const ids = await runIds(journal, LOOKED_THROUGH);
  for (const [index, id] of ids.entries()) {
    if ((await createdRun(journal, id)).seed.id === word) return await readRunState(journal, id);
    if (index >= WORKERS_OF) continue;
    const state = await readRunState(journal, id);
    const { worker } = state;
    if (worker && (worker.marker === word || String(worker.pid) === word)) return state;
  }
  return undefined;
}

async function bySeed(journal: Journal, word: string): Promise<string | undefined> {
  for (const id of await interviewIds(journal, LOOKED_THROUGH)) {
    if ((await readInterview(journal, id)).frozen?.seedId === word) return id;
  }
  return undefined;
}

/** Undefined where there is none of that name; other errors are told. */
async function attempt<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    // It may be the name of something else.
    if (error instanceof OuroborosError && error.code === "not_found") return undefined;
    throw error;
  }
}

async function nothing(app: App, word: string | undefined): Promise<OuroborosError> {
  return new OuroborosError({
    code: "not_found",
    message: word === undefined
      ? `Find a run or an interview of "${await realPath(app.cwd)}": there is none yet`
      : `Find "${word}": no run, interview, worker or seed has that id`,
    hint: "ouroboros runs --all",
    noneYet: word === undefined,
  });
}
