import { abandonInterview as abandon } from "../../engine/interview/decide.ts";
import { type InterviewView, viewInterview } from "../../engine/interview/view.ts";
import type { App } from "../app.ts";
import { requireHome } from "../require_home.ts";
import { interviewOwner, refuseHeldInterview } from "./interview_holder.ts";
import { findInterview, openInterview } from "./interview_log.ts";

/**
 * Ends an interview without a seed, from any terminal; what was said stays in the journal. Errors:
 * not_found, nothing_to_do (it is over), not_allowed (another process is at it), those of the journal.
 */
export async function abandonInterview(
  app: App,
  word: string,
  reason: string,
): Promise<InterviewView> {
  await requireHome(app);
  const id = await findInterview(app, word);
  await refuseHeldInterview(app, id);
  const log = await openInterview(await app.journal(), id, {
    owner: await interviewOwner(app),
    onAppend() {},
  });
  await log.append(...abandon(log.state, { by: "person", reason }));
  return viewInterview(log.state);
}
