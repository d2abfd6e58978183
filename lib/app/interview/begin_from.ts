import type { AutoBounds, NamedThinker } from "../../engine/interview/events.ts";
import type { App } from "../app.ts";
import { importOriginal } from "./import_original.ts";
import type { InterviewProgress } from "./interview_hooks.ts";
import { newInterview } from "./new_interview.ts";
import { readOriginalInterview } from "./original_interview.ts";
import { readIdea } from "./read_idea.ts";

/**
 * Begins an interview from a word of a person's: an idea, a file that holds one, or the file of an
 * interview that the Python system held, which goes on here. Gives its id. Errors: usage, not_found,
 * unreadable, nothing_to_do (imported before), those of the journal.
 */
export async function beginFrom(
  app: App,
  word: string,
  options: {
    project: string;
    auto: AutoBounds | null;
    thinker?: NamedThinker | undefined;
    emit(progress: InterviewProgress): void;
  },
): Promise<string> {
  const { project, auto, thinker } = options;
  const file = await readOriginalInterview(app.cwd, word);
  if (file !== undefined) {
    return await importOriginal(app, { file, name: word, project, auto, thinker }, options.emit);
  }
  return await newInterview(app, {
    idea: (await readIdea(app.cwd, word)).text,
    project,
    auto,
    thinker,
  });
}
