import { interviewStream } from "../../engine/interview/events.ts";
import type { InterviewState } from "../../engine/interview/state.ts";
import { pendingQuestions } from "../../engine/interview/open_things.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";
import { hasJournal, isWithin, realPath } from "../find_run.ts";
import { interviewIds, LOOKED_THROUGH, readInterview } from "./interview_log.ts";

/**
 * State of the newest interview of this project that is not over, or that `fits`. Errors: not_found,
 * with `wanted` saying what there is none of.
 */
export async function latestInterview(
  app: App,
  options: { fits(state: InterviewState): boolean; wanted: string } = OPEN,
): Promise<InterviewState> {
  const here = await realPath(app.cwd);
  let newest: InterviewState | undefined;
  for await (const state of interviewsOf(app, here)) {
    if (options.fits(state)) return state;
    newest ??= state;
  }
  // Whoever wants to go on with one that is over wants what came of it.
  const seed = newest?.frozen?.seedId;
  throw new OuroborosError({
    code: "not_found",
    message: `Find an interview of "${here}": ${options.wanted}` +
      (seed === undefined ? "" : `; the newest froze "${seed}"`),
    hint: (seed === undefined ? "Begin one" : "Run that seed, begin one") +
      " with initial_context, or name one by its session_id",
  });
}

/** The interviews of the project around a folder, the newest first. */
async function* interviewsOf(app: App, here: string): AsyncGenerator<InterviewState> {
  const ids = await hasJournal(app) ? await interviewIds(await app.journal()) : [];
  for (const id of ids) {
    const state = await readInterview(await app.journal(), id);
    const { project } = state.begun;
    if (project !== null && isWithin(here, project)) yield state;
  }
}

/**
 * State of the interview of this project in which something was said or done last, over or not;
 * abandoned ones aside. Undefined where there is none.
 */
export async function lastTouchedInterview(app: App): Promise<InterviewState | undefined> {
  if (!await hasJournal(app)) return undefined;
  const journal = await app.journal();
  const here = await realPath(app.cwd);
  const prefix = interviewStream("");
  const streams = await journal.streams({ prefix, limit: LOOKED_THROUGH });
  for (const { stream } of streams.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))) {
    const state = await readInterview(journal, stream.slice(prefix.length));
    const { project } = state.begun;
    if (project !== null && isWithin(here, project) && !state.abandoned) return state;
  }
  return undefined;
}

/**
 * Id of the one interview of this project whose question waits for an answer, or of the latest that
 * is open where none does. Errors: not_found; usage where several wait, as an answer that goes to
 * another's question is taken for one.
 */
export async function answeredInterview(app: App): Promise<string> {
  const waiting: InterviewState[] = [];
  for await (const state of interviewsOf(app, await realPath(app.cwd))) {
    if (OPEN.fits(state) && pendingQuestions(state).length > 0) waiting.push(state);
    if (waiting.length > 1) break;
  }
  const [only, other] = waiting.map((one) => one.begun.interviewId);
  if (other !== undefined) {
    throw new OuroborosError({
      code: "usage",
      message:
        `Answer: "${only}" and "${other}" both wait for one, and it is not said which is meant`,
      hint: "Give session_id",
    });
  }
  return only ?? (await latestInterview(app)).begun.interviewId;
}

const OPEN = {
  fits: (state: InterviewState) => !state.frozen && !state.abandoned,
  wanted: "none is open",
};
