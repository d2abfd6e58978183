import { evolve, foldInterview } from "../../engine/interview/evolve.ts";
import {
  type InterviewEvent,
  interviewStream,
  type NewInterviewEvent,
} from "../../engine/interview/events.ts";
import type { InterviewState } from "../../engine/interview/state.ts";
import { nearestName } from "../../kernel/nearest_name.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Journal } from "../../store/journal.ts";
import type { App } from "../app.ts";
import { hasJournal, isWithin, realPath } from "../find_run.ts";
import { openStreamLog, readStream, type StreamLog } from "../stream_log.ts";
import { originalPath } from "./original_files.ts";

/** How many of the newest interviews are looked through for one. */
export const LOOKED_THROUGH = 1000;

/** A shorter end of an id says too little. */
const LEAST_CHARS = 4;

/** An interview's stream with one writer. */
export type InterviewLog = StreamLog<InterviewState, InterviewEvent, NewInterviewEvent>;

/** An interview's present state. Errors: not_found, journal_unusable. */
export async function readInterview(journal: Journal, id: string): Promise<InterviewState> {
  const events = await readStream(journal, interviewStream(id)) as InterviewEvent[];
  const state = foldInterview(events);
  if (state) return state;
  throw events.length === 0 ? unknownId(id, []) : new OuroborosError({
    code: "journal_unusable",
    message: `Read the interview "${id}": its first event is not "interview.begun"`,
  });
}

/** Makes this process the interview's one writer; whoever wrote before is fenced off. */
export async function openInterview(
  journal: Journal,
  id: string,
  options: { owner: string; onAppend(event: InterviewEvent): void },
): Promise<InterviewLog> {
  const stream = interviewStream(id);
  const epoch = await journal.claim(stream, options.owner);
  const state = await readInterview(journal, id);
  return openStreamLog(journal, state, { stream, epoch, evolve, onAppend: options.onAppend });
}

/** Ids of interviews, the newest first. */
export async function interviewIds(
  journal: Journal,
  limit: number = LOOKED_THROUGH,
): Promise<string[]> {
  const prefix = interviewStream("");
  const streams = await journal.streams({ prefix, limit });
  return streams.map((one) => one.stream.slice(prefix.length));
}

/**
 * The id of the interview that a person means: the whole id, an end of it that only one has, or
 * without a word the newest of this project that is not over. Errors: not_found (with the nearest), usage.
 */
export async function findInterview(app: App, word: string | undefined): Promise<string> {
  const ids = await hasJournal(app) ? await interviewIds(await app.journal()) : [];
  if (word === undefined) {
    return await newestOpen(app, ids);
  }
  if (ids.includes(word)) return word;
  const fits = ids.filter((id) =>
    word.length >= LEAST_CHARS && (id.endsWith(word) || id.startsWith(word))
  );
  if (fits.length === 1) return fits[0]!;
  if (fits.length === 0) throw await originalOf(app, word) ?? unknownId(word, ids);
  throw new OuroborosError({
    code: "usage",
    message: `Find the interview "${word}": ${fits.length} fit`,
    hint: `Give more of the id, for example ${fits[0]}`,
  });
}

/** What is said to the newest of another project, by mistake, would be in its record for good. */
async function newestOpen(app: App, ids: readonly string[]): Promise<string> {
  const here = await realPath(app.cwd);
  let elsewhere: string | undefined;
  let newest: InterviewState | undefined;
  for (const id of ids) {
    const state = await readInterview(await app.journal(), id);
    const { begun, frozen, abandoned } = state;
    const isHere = begun.project === null || isWithin(here, begun.project);
    if (isHere) newest ??= state;
    if (frozen || abandoned) continue;
    if (isHere) return id;
    elsewhere ??= id;
  }
  if (newest?.frozen) throw frozenInstead(newest.frozen);
  throw new OuroborosError({
    code: "not_found",
    message: elsewhere === undefined
      ? "Go on with an interview: none is open"
      : `Go on with an interview of "${here}": none is open`,
    hint: elsewhere === undefined
      ? 'ouroboros interview "a page that lists expired coupons"'
      : `ouroboros interview --resume ${elsewhere}, which is one of another project`,
  });
}

/** Whoever wants to go on with an interview that is over wants what came of it. */
function frozenInstead(
  { seedId, path }: NonNullable<InterviewState["frozen"]>,
): OuroborosError {
  return new OuroborosError({
    code: "not_found",
    message: `Go on with an interview: none is open, and the newest is frozen as "${path}"`,
    hint: `ouroboros run ${seedId}`,
  });
}

/** An interview of the Python system is not in the journal, but its file may be where that kept it. */
async function originalOf(app: App, word: string): Promise<OuroborosError | undefined> {
  const path = /^[\w.-]+$/.test(word) ? originalPath(app, word) : undefined;
  // What cannot be seen is not there.
  if (path === undefined || !await Deno.stat(path).then((one) => one.isFile, () => false)) return;
  return new OuroborosError({
    code: "not_found",
    message:
      `Find the interview "${word}": it is one of the Python system, and was not imported yet`,
    hint: `ouroboros interview ${path}`,
  });
}

function unknownId(word: string, ids: readonly string[]): OuroborosError {
  const near = nearestName(word, ids);
  const short = word.length < LEAST_CHARS;
  return new OuroborosError({
    code: "not_found",
    message: `Find the interview "${word}": ${
      short
        ? `an end of an id has at least ${LEAST_CHARS} characters`
        : "the journal has none of that id"
    }`,
    hint: near === undefined ? "ouroboros interviews" : `Did you mean ${near}?`,
  });
}
