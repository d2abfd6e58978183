import { interviewStream } from "../engine/interview/events.ts";
import { runStream } from "../engine/run/events.ts";
import type { App } from "./app.ts";
import { findThing } from "./find_thing.ts";
import { readStream } from "./stream_log.ts";

/** One event of the journal, its long texts cut. */
export interface EventView {
  /** Its number in the stream. */
  version: number;
  at: string;
  type: string;
  data: unknown;
}

/** A slice of what the journal holds of one run or interview. */
export interface EventSlice {
  id: string;
  /** Events that fit, in all. */
  total: number;
  /** Where the next slice begins; null: this was the last one. */
  nextOffset: number | null;
  events: EventView[];
}

/** A slice ends at the event behind which it would be larger, in characters: a model pays for each. */
const MOST_CHARS = 20_000;

/** A text of an event is shown so far, and so many members of a list. */
const TEXT_CHARS = 240;
const LIST_LENGTH = 10;

/**
 * Events of a run or an interview, oldest first. `type` keeps those whose type is it or begins with
 * it and a dot. Errors: not_found, usage.
 */
export async function queryEvents(
  app: App,
  word: string | undefined,
  options: { type?: string | undefined; limit: number; offset: number },
): Promise<EventSlice> {
  const thing = await findThing(app, word);
  const id = thing.kind === "run" ? thing.run.created.runId : thing.interview.interviewId;
  const stream = thing.kind === "run" ? runStream(id) : interviewStream(id);
  const { type, limit, offset } = options;
  const fitting = (await readStream(await app.journal(), stream))
    .filter((one) => type === undefined || one.type === type || one.type.startsWith(`${type}.`));
  const events: EventView[] = [];
  let chars = 0;
  for (const { version, at, type, data } of fitting.slice(offset, offset + limit)) {
    const view = { version, at, type, data: shortened(data) };
    chars += JSON.stringify(view).length;
    if (events.length > 0 && chars > MOST_CHARS) break;
    events.push(view);
  }
  const next = offset + events.length;
  return {
    id,
    total: fitting.length,
    nextOffset: next < fitting.length && events.length > 0 ? next : null,
    events,
  };
}

/** The same value with long texts and lists cut; what was cut is said. */
function shortened(value: unknown): unknown {
  if (typeof value === "string") {
    const more = value.length - TEXT_CHARS;
    return more <= 0 ? value : `${value.slice(0, TEXT_CHARS).toWellFormed()}… (${more} more)`;
  }
  if (Array.isArray(value)) {
    const more = value.length - LIST_LENGTH;
    const shown = value.slice(0, LIST_LENGTH).map(shortened);
    return more <= 0 ? shown : [...shown, `… ${more} more`];
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shortened(one)]));
}
