import { type InterviewView, viewInterview } from "../../engine/interview/view.ts";
import type { App } from "../app.ts";
import { findInterview, readInterview } from "./interview_log.ts";

/** Where one interview stands, by its id or the end of it. Errors: not_found, usage. */
export async function showInterview(app: App, word: string): Promise<InterviewView> {
  const id = await findInterview(app, word);
  return viewInterview(await readInterview(await app.journal(), id));
}
