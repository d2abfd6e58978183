import {
  inputRequired,
  type InputRequiredResult,
  inputResponse,
} from "@modelcontextprotocol/server";
import type { App } from "../../app/app.ts";
import type { HostSaid } from "../../app/interview/host_act.ts";
import type { HostState } from "../../app/interview/host_state.ts";
import { reviewForm, reviewSaid } from "./elicit_review.ts";
import { screenForm, screenSaid } from "./elicit_screen.ts";
import { trialForm, trialSaid } from "./elicit_trial.ts";
import type { InterviewAnswer } from "../interview_answer.ts";
import type { ToolCall } from "../tool.ts";

/** What a form was put for; sealed, and read again with what came back. */
interface PutForm {
  session: string;
  /** What stood in it; answers to anything else are not for it. */
  about: string;
}

/** How a tool takes one turn. */
export interface TurnWays {
  /** Does what the call asks for. */
  first(): Promise<HostState>;
  /** Passes on what the user said in a form; nothing: only looks. */
  say(session: string, said: HostSaid): Promise<HostState>;
  answer(state: HostState): InterviewAnswer;
}

/** The one form of a round. */
const KEY = "form";
/** Forms that are remembered; a person fills in a few in the life of a server. */
const MOST_PUT = 1_000;

/**
 * Forms that were put, by server process: one that was not answered is not put again, but told to
 * the host as it is to any other, so that a host whose forms fail is not stuck.
 */
const put = new WeakMap<App["processes"], Set<string>>();

/**
 * One turn, with screens and reviews as native forms where the host has them: as a result that asks
 * for input, which a host of 2026 fills in, and `putForms` has filled in by one of 2025.
 */
export async function elicitTurn(
  app: App,
  call: ToolCall,
  ways: TurnWays,
): Promise<InterviewAnswer | InputRequiredResult> {
  const form = call.state<PutForm>();
  const state = form === undefined ? await ways.first() : await filled(call, form, ways);
  const fields = call.canAsk ? formOf(state) : undefined;
  if (fields === undefined) return ways.answer(state);
  const about = aboutOf(state);
  if (!isFirst(app, `${state.interviewId} ${about}`)) return ways.answer(state);
  return inputRequired({
    inputRequests: { [KEY]: inputRequired.elicit(fields) },
    requestState: await call.seal({ session: state.interviewId, about } satisfies PutForm),
  });
}

/** What came back of a form; declined, or about what was answered elsewhere meanwhile: nothing. */
async function filled(call: ToolCall, form: PutForm, ways: TurnWays): Promise<HostState> {
  const state = await ways.say(form.session, {});
  const response = inputResponse(call.responses, KEY);
  if (response.kind !== "elicit" || response.action !== "accept") return state;
  if (aboutOf(state) !== form.about) return state;
  const content = response.content ?? {};
  const said = saidIn(state, content);
  return said === undefined ? state : await ways.say(form.session, said);
}

function saidIn(state: HostState, content: Readonly<Record<string, unknown>>) {
  switch (state.do) {
    case "ask":
      return screenSaid(state.questions, content);
    case "review":
      return reviewSaid(state, content);
    case "seed":
      return trialSaid(state, content);
    default:
      return undefined;
  }
}

function formOf(state: HostState) {
  if (state.do === "review") return reviewForm(state);
  if (state.do === "seed") return trialForm(state);
  return state.do === "ask" && state.questions.length > 0 ? screenForm(state) : undefined;
}

function aboutOf(state: HostState): string {
  if (state.do === "review") return `review ${state.review}`;
  if (state.do === "seed") return `seed ${state.thought}`;
  return state.do === "ask" ? state.questions.map((one) => one.id).join(" ") : state.do;
}

function isFirst(app: App, key: string): boolean {
  const known = put.get(app.processes) ?? new Set<string>();
  put.set(app.processes, known);
  if (known.has(key)) return false;
  if (known.size >= MOST_PUT) known.clear();
  known.add(key);
  return true;
}
