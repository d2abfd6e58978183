import { forceSeed } from "../../engine/interview/decide.ts";
import { nextStep } from "../../engine/interview/next_step.ts";
import { unclearReasons } from "../../engine/interview/open_things.ts";
import type { InterviewState } from "../../engine/interview/state.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";
import { requireHome } from "../require_home.ts";
import { type HostState, hostState } from "./host_state.ts";
import { hostTurn, openForHost } from "./host_turn.ts";
import { findInterview, readInterview } from "./interview_log.ts";
import { loadText } from "./kept_text.ts";
import { lastTouchedInterview, latestInterview } from "./latest_interview.ts";
import { freezeText } from "./seed_steps.ts";

/** Which seed a host wants. */
export interface HostSeedInput {
  /** Undefined: the latest of the project that is clear. */
  interviewId: string | undefined;
  /** Makes the seed although it is not clear, for that reason; its true score is recorded. */
  force: { reason: string } | undefined;
}

/**
 * Freezes the seed that the host's model wrote and its user saw, and writes its file. Before that:
 * what is still to be done for one. Errors: not_found, needs_input where it is not clear and nobody
 * forces it, not_writable, those of `hostTurn`.
 */
export async function hostSeed(
  app: App,
  input: HostSeedInput,
  signal: AbortSignal,
): Promise<HostState> {
  await requireHome(app);
  const interviewId = await which(app, input);
  const journal = await app.journal();
  const state = await readInterview(journal, interviewId);
  const step = nextStep(state);
  // A host whose call was cut off may ask again: what was frozen is told.
  if (step.do === "over") return hostState(state, { asked: undefined, seed: undefined });
  if (step.do === "freeze") return await freeze(app, interviewId);
  const { force } = input;
  const turn = { interviewId, think: "host", signal } as const;
  if (force && !state.forced) {
    const said = { by: "host", reason: force.reason } as const;
    const enter = (now: InterviewState) => Promise.resolve(forceSeed(now, said));
    return await hostTurn(app, { ...turn, enter });
  }
  const told = await hostTurn(app, turn);
  if (told.do !== "ask") return told;
  const reasons = unclearReasons(await readInterview(journal, interviewId));
  throw new OuroborosError({
    code: "needs_input",
    message: `Make the seed of interview "${interviewId}": it is not clear enough: ${
      reasons.join("; ")
    }`,
    hint:
      "Go on with ouroboros_interview; or, where the user wants it as it is, force with a reason",
  });
}

async function which(app: App, { interviewId, force }: HostSeedInput): Promise<string> {
  if (interviewId !== undefined) return await findInterview(app, interviewId);
  if (force) return (await latestInterview(app)).begun.interviewId;
  // The same call again, after the seed was frozen: it is told once more.
  const last = await lastTouchedInterview(app);
  if (last?.frozen) return last.begun.interviewId;
  const clear = { fits: isClear, wanted: "none is clear enough for a seed" };
  return (await latestInterview(app, clear)).begun.interviewId;
}

/** Nothing is asked any more: it is reviewed, or its seed is written or waits to be frozen. */
function isClear(state: InterviewState): boolean {
  const step = nextStep(state);
  return step.do === "confirm" || step.do === "freeze" ||
    ((step.do === "think" || step.do === "wait") && step.kind === "seed");
}

async function freeze(app: App, id: string): Promise<HostState> {
  const journal = await app.journal();
  const log = await openForHost(app, id);
  await freezeText({ app, journal, log }, await loadText(journal, log.state.seed!));
  return hostState(log.state, { asked: undefined, seed: undefined });
}
