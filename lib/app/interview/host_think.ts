import { askThought, receiveThought } from "../../engine/interview/ask_thought.ts";
import type { NewInterviewEvent } from "../../engine/interview/events.ts";
import { nextStep } from "../../engine/interview/next_step.ts";
import type { InterviewState, ThoughtState } from "../../engine/interview/state.ts";
import type { InterviewStep } from "../../engine/interview/step.ts";
import {
  requestDigest,
  type ThoughtRequest,
  thoughtRequest,
} from "../../engine/interview/thought_request.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Journal } from "../../store/journal.ts";
import { keepText, loadText } from "./kept_text.ts";

/** Who thinks, as the journal says it: which product the host is, it is not told. */
const HOST = { kind: "host", name: "the host's model" } as const;

/** The event that the host's model is asked; what it is asked can be made again at any time. */
export async function askHost(
  journal: Journal,
  state: InterviewState,
  step: Extract<InterviewStep, { do: "think" }>,
): Promise<NewInterviewEvent> {
  const idea = await loadText(journal, state.begun.idea);
  const request = thoughtRequest(state, step.kind, { idea, problems: step.problems });
  return askThought(step, request, HOST);
}

/** The thought that a host is waited for. */
export interface AskedHost {
  thought: ThoughtState;
  request: ThoughtRequest;
  problems: readonly string[];
  /** Not as it was asked: this version asks in another way. */
  stale: boolean;
}

/** What the host's model was asked and has not answered; undefined: it is not waited for. */
export async function askedHost(
  journal: Journal,
  state: InterviewState,
): Promise<AskedHost | undefined> {
  if (nextStep(state).do !== "wait") return undefined;
  const thought = state.thoughts.at(-1)!;
  // As `nextStep` said them when it was asked.
  const refused = thought.kind === "seed" ? state.seed?.problems ?? [] : [];
  const failed = state.failures > 0 ? state.thoughts.at(-2)?.failure?.problems ?? [] : [];
  const problems = [...refused, ...failed];
  const idea = await loadText(journal, state.begun.idea);
  const request = thoughtRequest(state, thought.kind, { idea, problems });
  return { thought, request, problems, stale: requestDigest(request) !== thought.request };
}

/**
 * Keeps what the host's model answered, as it came; the next step reads it. None where the very same
 * was received before: a host whose call was cut off may hand it in again. Throws `conflict` when
 * that thought is not waited for: something was said since, or an agent CLI is at it.
 */
export async function takeDraft(
  journal: Journal,
  state: InterviewState,
  given: { thought: number; draft: unknown },
): Promise<NewInterviewEvent[]> {
  const text = typeof given.draft === "string" ? given.draft : JSON.stringify(given.draft);
  const thought = state.thoughts.find((one) => one.number === given.thought);
  if (thought?.answer && await loadText(journal, thought.answer) === text) return [];
  const asked = nextStep(state);
  if (asked.do !== "wait" || asked.thought !== given.thought) {
    throw new OuroborosError({
      code: "conflict",
      message: `Take the draft of thought ${given.thought}: it is not waited for`,
      hint: "Call ouroboros_interview with session_id alone to see what is to be done",
    });
  }
  const answer = await keepText(journal, text);
  return receiveThought(state, given.thought, { answer, usage: {} });
}
