import { resolve } from "@std/path";
import { type RunEventData, runStream } from "../engine/run/events.ts";
import type { RunState } from "../engine/run/state.ts";
import { OuroborosError } from "../kernel/error.ts";
import type { Journal } from "../store/journal.ts";
import type { App } from "./app.ts";
import { readRunState } from "./run/run_log.ts";

/** How many of the newest runs are looked through for a run by part of its id or by its folder. */
const LOOKED_THROUGH = 1000;

/** Whether there is a journal: whoever only reads makes none. */
export async function hasJournal(app: Pick<App, "paths">): Promise<boolean> {
  const info = await Deno.lstat(app.paths.journal).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    // A folder that may not be looked into: opening the journal says so in words.
    return null;
  });
  return info !== undefined;
}

/** Ids of runs, the newest first. */
export async function runIds(journal: Journal, limit: number): Promise<string[]> {
  const streams = await journal.streams({ prefix: "run:", limit });
  return streams.map((one) => one.stream.slice("run:".length));
}

/** What a run was begun with, from its first event alone: cheap, however long the run was. */
export async function createdRun(
  journal: Journal,
  runId: string,
): Promise<RunEventData["run.created"]> {
  const [first] = await journal.read(runStream(runId), { limit: 1 });
  return first!.data as RunEventData["run.created"];
}

/**
 * The run that a person means: by its id, by an end of it that only one run has, or, without a
 * word, the newest of this project. Errors: not_found, usage (more than one fits).
 */
export async function findRun(app: App, word: string | undefined): Promise<RunState> {
  if (!await hasJournal(app)) throw word === undefined ? await noneHere(app) : noneOf(app, word);
  const journal = await app.journal();
  if (word === undefined) return await newestHere(app, journal);
  if (/^run_[0-9a-z]{18}$/.test(word)) {
    const [first] = await journal.read(runStream(word), { limit: 1 });
    if (first === undefined) throw noneOf(app, word);
    return await readRunState(journal, word);
  }
  const fits = (await runIds(journal, LOOKED_THROUGH))
    .filter((id) => word.length >= 4 && (id.endsWith(word) || id.startsWith(word)));
  if (fits.length === 1) return await readRunState(journal, fits[0]!);
  if (fits.length === 0) throw noneOf(app, word);
  throw new OuroborosError({
    code: "usage",
    message: `Find the run "${word}": ${fits.length} runs fit`,
    hint: `Give more of the id, for example ${fits[0]}`,
  });
}

function noneOf({ paths }: Pick<App, "paths">, word: string): OuroborosError {
  if (word.startsWith("interview_")) {
    return new OuroborosError({
      code: "not_found",
      message: `Find the run "${word}": that is the id of an interview`,
      hint: `ouroboros interviews ${word}; to end it: ouroboros cancel ${word}`,
    });
  }
  return new OuroborosError({
    code: "not_found",
    message: `Find the run "${word}": the journal in "${paths.root}" has none of that id`,
    hint:
      "ouroboros runs --all; where it began under another HOME or OUROBOROS_HOME, set that first",
  });
}

async function noneHere(app: App): Promise<OuroborosError> {
  return new OuroborosError({
    code: "not_found",
    message: `Find a run of "${await realPath(app.cwd)}": there is none yet`,
    hint: "ouroboros runs --all",
    noneYet: true,
  });
}

async function newestHere(app: App, journal: Journal): Promise<RunState> {
  const here = await realPath(app.cwd);
  for (const id of await runIds(journal, LOOKED_THROUGH)) {
    if (isWithin(here, (await createdRun(journal, id)).project)) {
      return await readRunState(journal, id);
    }
  }
  throw await noneHere(app);
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** The real path of a folder; the path itself, made absolute, where it is gone. */
export async function realPath(path: string): Promise<string> {
  try {
    return await Deno.realPath(path);
  } catch {
    return resolve(path);
  }
}
