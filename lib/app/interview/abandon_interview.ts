import { abandonInterview as abandon } from "../../engine/interview/decide.ts";
import type { AnsweredBy } from "../../engine/interview/events.ts";
import { type InterviewView, viewInterview } from "../../engine/interview/view.ts";
import type { App } from "../app.ts";
import { requireHome } from "../require_home.ts";
import { whoActs } from "../who_acts.ts";
import { removeCallOutput } from "./call_output.ts";
import { type EndedHolder, endHolder, livingHolder } from "./interview_holder.ts";
import { findInterview, openInterview, readInterview } from "./interview_log.ts";

/** How an interview was abandoned. */
export interface AbandonedInterview {
  interview: InterviewView;
  /** The process that was at it, ended with the agent that it had asked; null: there was none. */
  ended: EndedHolder | null;
}

/**
 * Ends an interview without a seed, from any terminal; what was said stays in the journal. Another
 * process that is at it, as one that thinks for a host, is fenced off first and then ended with its
 * agent: one that hangs would be there, and cost, for good. Errors: not_found, nothing_to_do (it is
 * over), those of the journal.
 */
export async function abandonInterview(
  app: App,
  word: string,
  said: { by: AnsweredBy; reason: string },
): Promise<AbandonedInterview> {
  await requireHome(app);
  const id = await findInterview(app, word);
  const journal = await app.journal();
  // Of one that is over nobody is ended.
  abandon(await readInterview(journal, id), said);
  const holder = await livingHolder(app, id);
  // No holder's name: whoever abandons it is not to be ended for it.
  const owner = `cancel by ${await whoActs(app)}`;
  const log = await openInterview(journal, id, { owner, onAppend() {} });
  await log.append(...abandon(log.state, said));
  const ended = holder === undefined ? null : await endHolder(app, holder);
  if (ended?.isGone) await removeCallOutput(app, id);
  return { interview: viewInterview(log.state), ended };
}
