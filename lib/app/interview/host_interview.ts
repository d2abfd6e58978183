import type { AnsweredBy } from "../../engine/interview/events.ts";
import type { App } from "../app.ts";
import { workFolder } from "../project_folder.ts";
import { requireHome } from "../require_home.ts";
import { hostAct, type HostInput } from "./host_act.ts";
import { saidEvents } from "./host_said.ts";
import type { HostState } from "./host_state.ts";
import { takeDraft } from "./host_think.ts";
import { hostTurn } from "./host_turn.ts";
import { findInterview } from "./interview_log.ts";
import { answeredInterview, latestInterview } from "./latest_interview.ts";
import { newInterview } from "./new_interview.ts";

/** How a call of a host is to be done. */
export interface HostCall {
  /** Who thinks next: the model of the host, or an agent CLI. */
  think: "host" | "runtime";
  /** Who said what was said: the host passes it on, or its user filled in a form. */
  by: AnsweredBy;
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/**
 * One turn of an interview whose model is that of the host: begins one, looks at one (the latest of
 * the project where none is named), passes on what the user said, or hands in what the model was
 * asked for. Gives what is to be done next. Errors: usage for a mix of these, those of `hostTurn`.
 */
export async function hostInterview(
  app: App,
  input: HostInput,
  call: HostCall,
): Promise<HostState> {
  const { think, by, signal } = call;
  const act = hostAct(input);
  await requireHome(app);
  const turn = { think, signal };
  switch (act.act) {
    case "start": {
      const interviewId = await newInterview(app, {
        idea: act.idea,
        project: await workFolder(app, app.cwd, "Open the project's own folder in the host"),
        auto: null,
      });
      return await hostTurn(app, { ...turn, interviewId });
    }
    case "resume": {
      return await hostTurn(app, { ...turn, interviewId: await named(app, act.interviewId) });
    }
    case "say":
      return await hostTurn(app, {
        ...turn,
        interviewId: act.interviewId === undefined
          ? await answeredInterview(app)
          : await findInterview(app, act.interviewId),
        enter: (state) => Promise.resolve(saidEvents(state, act.said, by)),
        ...(act.said.try === undefined ? {} : { trial: { by } }),
      });
    case "draft":
      return await hostTurn(app, {
        ...turn,
        interviewId: await findInterview(app, act.interviewId),
        enter: (state, journal) => takeDraft(journal, state, act),
        repeats: true,
      });
  }
}

/** The interview of that id, or the latest open one of the project. */
async function named(app: App, id: string | undefined): Promise<string> {
  if (id !== undefined) return await findInterview(app, id);
  return (await latestInterview(app)).begun.interviewId;
}
