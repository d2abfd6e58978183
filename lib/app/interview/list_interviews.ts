import { type InterviewView, viewInterview } from "../../engine/interview/view.ts";
import type { App } from "../app.ts";
import { hasJournal } from "../find_run.ts";
import { interviewIds, readInterview } from "./interview_log.ts";

/** Interviews, the newest first. */
export async function listInterviews(
  app: App,
  options: { limit: number },
): Promise<InterviewView[]> {
  if (!await hasJournal(app)) return [];
  const journal = await app.journal();
  const views: InterviewView[] = [];
  for (const id of await interviewIds(journal, options.limit)) {
    views.push(viewInterview(await readInterview(journal, id)));
  }
  return views;
}
