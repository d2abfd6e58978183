import type { InterviewState } from "../../engine/interview/state.ts";
import type { Journal } from "../../store/journal.ts";
import type { App } from "../app.ts";
import type { ThinkerInput } from "../complete/open_thinker.ts";
import type { InterviewHooks, InterviewProgress } from "./interview_hooks.ts";
import type { InterviewLog } from "./interview_log.ts";

/** Everything that the steps of one interview need. */
export interface InterviewContext {
  app: App;
  journal: Journal;
  log: InterviewLog;
  /** Who is asked where a model is needed. */
  thinker: ThinkerInput;
  hooks: InterviewHooks;
  emit(progress: InterviewProgress): void;
}

/** The project's folder; the working folder where none was known. */
export function projectOf({ app }: Pick<InterviewContext, "app">, state: InterviewState): string {
  return state.begun.project ?? app.cwd;
}
