import { beginInterview } from "../../engine/interview/decide.ts";
import {
  type AutoBounds,
  interviewStream,
  type NamedThinker,
} from "../../engine/interview/events.ts";
import { newId } from "../../kernel/id.ts";
import type { App } from "../app.ts";
import { realPath } from "../find_run.ts";
import { keepText } from "./kept_text.ts";

/** Most screens that a model is asked for in one interview. */
export const SCREENS = 12;

/** What a new interview begins from. */
export interface NewInterview {
  /** The whole text of the idea. */
  idea: string;
  /** The project's folder. */
  project: string;
  /** Null: a person, a file or a host answers. */
  auto: AutoBounds | null;
  /** Left out: nobody was named. */
  thinker?: NamedThinker | undefined;
}

/** Writes a new interview's first event; gives its id. Errors: usage, those of the journal. */
export async function newInterview(app: App, input: NewInterview): Promise<string> {
  const journal = await app.journal();
  const { idea, auto, thinker } = input;
  const interviewId = newId("interview", app.clock.now(), app.random);
  const events = beginInterview(idea, {
    interviewId,
    project: await realPath(input.project),
    idea: await keepText(journal, idea),
    facts: null,
    auto,
    ...(thinker === undefined ? {} : { thinker }),
    limits: { screens: SCREENS },
    imported: null,
    version: app.version,
  });
  await journal.append(interviewStream(interviewId), events, { expectedVersion: 0 });
  return interviewId;
}
