import { endHostThought } from "../../engine/interview/ask_thought.ts";
import { keepTrial } from "../../engine/interview/decide.ts";
import {
  type AnsweredBy,
  interviewEvent,
  type NewInterviewEvent,
} from "../../engine/interview/events.ts";
import { nextStep } from "../../engine/interview/next_step.ts";
import type { InterviewState } from "../../engine/interview/state.ts";
import type { InterviewStep } from "../../engine/interview/step.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Journal } from "../../store/journal.ts";
import type { App } from "../app.ts";
import { HOST_RUNTIME } from "../host/host_runtime.ts";
import { isCode } from "../run/end_work.ts";
import { type HostHooks, hostHooks } from "./host_hooks.ts";
import { type HostState, hostState } from "./host_state.ts";
import { askedHost, askHost } from "./host_think.ts";
import { performStep } from "./interview.ts";
import type { InterviewContext } from "./interview_context.ts";
import { isHeld, refuseHeldInterview } from "./interview_holder.ts";
import { type InterviewLog, openInterview, readInterview } from "./interview_log.ts";
import { loadText } from "./kept_text.ts";
import { lookAtSeed, type ShownSeed, trialOf } from "./shown_seed.ts";
import { awaitThinker, thinkElsewhere } from "./think_elsewhere.ts";

/** Steps at which an interview waits for its host or is over: a look writes nothing. */
const IDLE: readonly InterviewStep["do"][] = ["wait", "ask", "confirm", "choose", "over"];
/** Steps of somebody who works on it. */
const AT_WORK: readonly InterviewStep["do"][] = ["look", "think", "read", "recover"];
/** Longer than checks may take of a call that has to be answered in time. */
const TRY_MS = 12_000;

/** What one call of a host does. */
export interface HostTurn {
  interviewId: string;
  /** Who thinks next: the model of the host, or an agent CLI. */
  think: "host" | "runtime";
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** The events that what was handed in becomes; they are written before anything else happens. */
  enter?(state: InterviewState, journal: Journal): Promise<NewInterviewEvent[]>;
  /** Who let the commands of the seed that waits run, in this call. */
  trial?: { by: AnsweredBy };
  /** `enter` gives nothing where what was handed in is there: it may be done again. */
  repeats?: boolean;
}

/** So often what may be handed in again is, where other calls write in the same moment. */
const MOST_TRIES = 8;
const TRY_AGAIN_MS = 25;

/**
 * Takes in what a host hands in and goes on until the host is to do something: think, ask its user,
 * show a review or a seed. Nothing is kept but in the journal, so any host can take the next turn.
 * Errors: those of the deciders and of the journal; not_allowed when another process is at it,
 * conflict (retryable) when somebody wrote in the same moment.
 */
export async function hostTurn(app: App, turn: HostTurn): Promise<HostState> {
  for (let tries = 1;; tries++) {
    try {
      return await takeTurn(app, turn);
    } catch (error) {
      if (!isCode(error, "journal_fenced") && !isCode(error, "journal_conflict")) throw error;
      if (!turn.repeats || tries >= MOST_TRIES) throw sameMoment(turn.interviewId, error);
      // Each after a time of its own, or they meet again.
      const [share = 0] = app.random(1);
      await app.clock.sleep(TRY_AGAIN_MS * tries * (1 + share / 128), turn.signal);
    }
  }
}

function sameMoment(interviewId: string, cause: unknown): OuroborosError {
  return new OuroborosError({
    code: "conflict",
    message: `Go on with interview "${interviewId}": another call wrote in the same moment`,
    hint: "Call ouroboros_interview with session_id alone to see what is to be done",
    retryable: true,
    cause,
  });
}

async function takeTurn(app: App, turn: HostTurn): Promise<HostState> {
  const journal = await app.journal();
  const { interviewId: id, think, signal } = turn;
  const state = await readInterview(journal, id);
  const isThere = turn.repeats && (await turn.enter?.(state, journal))?.length === 0;
  const enter = isThere ? undefined : turn.enter;
  const { do: step } = nextStep(state);
  if (!enter && await isHeld(app, id)) {
    if (AT_WORK.includes(step)) await awaitThinker(app, id, signal);
    return await look(journal, id);
  }
  const asked = await askedHost(journal, state);
  const isVoid = think === "runtime" ? asked !== undefined : asked?.stale === true;
  if (!enter && !isVoid && !state.auto && IDLE.includes(step)) return await look(journal, id);
  if (!enter && step === "freeze" && !state.auto && !state.paused) {
    // A look runs nothing, and takes nothing from whoever tries it.
    const seed = await lookAtSeed(app, journal, state);
    if (seed) return hostState(state, { asked: undefined, seed });
  }
  const log = await openForHost(app, id);
  // Somebody is there: what paused is tried again, and what answered itself asks.
  if (log.state.auto || (!enter && log.state.paused)) {
    await log.append(interviewEvent("interview.resumed", { by: "host", auto: null }));
  }
  if (enter) {
    const events = await enter(log.state, journal);
    if (events.length > 0) await log.append(...events);
  }
  return await goOn(app, turn, { journal, log });
}

/** Makes this call the one writer. Errors: not_allowed when another process is at it. */
export async function openForHost(app: App, id: string): Promise<InterviewLog> {
  await refuseHeldInterview(app, id);
  const owner = `a host of ${app.userName}`;
  return await openInterview(await app.journal(), id, { owner, onAppend: () => {} });
}

/** What it waits for, with nothing done. */
async function look(journal: Journal, id: string): Promise<HostState> {
  const state = await readInterview(journal, id);
  return hostState(state, { asked: await askedHost(journal, state), seed: undefined });
}

/** All that needs neither the host's model nor its user. */
async function goOn(
  app: App,
  turn: HostTurn,
  { journal, log }: { journal: Journal; log: InterviewLog },
): Promise<HostState> {
  const { interviewId: id, think, signal } = turn;
  const hooks = hostHooks(AbortSignal.any([signal, AbortSignal.timeout(TRY_MS)]), {
    mayTry: turn.trial !== undefined && log.state.seed?.tried?.problem !== null,
  });
  // Thoughts come from elsewhere; to try checks no agent is needed, and none need be there.
  const thinker = { runtime: HOST_RUNTIME, model: undefined, recording: undefined };
  const context: InterviewContext = { app, journal, log, thinker, hooks, emit: () => {} };
  while (true) {
    const step = nextStep(log.state);
    const asked = await askedHost(journal, log.state);
    if (step.do === "think" && think === "runtime") {
      await thinkElsewhere(app, id, signal);
      return await look(journal, id);
    } else if (step.do === "think") {
      await log.append(await askHost(journal, log.state, step));
    } else if (asked && (asked.stale || think === "runtime")) {
      await log.append(...endHostThought(log.state));
    } else if (!await advance(context, step)) {
      const seed = step.do === "freeze" ? await shownSeed(context, hooks, turn.trial) : undefined;
      return hostState(log.state, { asked, seed });
    }
  }
}

/** Does one step; false: it waits for the host or its user, or its time is over. */
async function advance(context: InterviewContext, step: InterviewStep): Promise<boolean> {
  try {
    return await performStep(context, step);
  } catch (error) {
    // Of a seed whose checks take longer than a call may, it is said that they were not tried.
    if (step.do === "freeze" && isCode(error, "cancelled")) return false;
    throw error;
  }
}

/** The seed as it is after this call; what a trial came to is kept, so that a look runs nothing. */
async function shownSeed(
  { app, journal, log }: InterviewContext,
  hooks: HostHooks,
  trial: HostTurn["trial"],
): Promise<ShownSeed | undefined> {
  const { thought, ...kept } = log.state.seed!;
  const draft = hooks.shown();
  if (draft && !trial) {
    return { thought, text: await loadText(journal, kept), commands: [], ...trialOf(draft) };
  }
  if (trial && (draft || hooks.interrupt.aborted)) {
    const problem = draft
      ? draft.problem
      : `they take longer than ${TRY_MS / 1000} seconds; a run tries them before it begins`;
    const told = draft ? trialOf(draft) : { checks: [], remarks: [] };
    await log.append(...keepTrial(log.state, thought, { ...told, by: trial.by, problem }));
  }
  return await lookAtSeed(app, journal, log.state);
}
