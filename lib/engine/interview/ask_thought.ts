import { type ErrorCode, OuroborosError } from "../../kernel/error.ts";
import type { Usage } from "../../kernel/outcome.ts";
import { interviewEvent, type KeptText, type NewInterviewEvent, type Thinker } from "./events.ts";
import { resumeCommand } from "./resume_command.ts";
import type { InterviewState, ThoughtState } from "./state.ts";
import type { InterviewStep } from "./step.ts";
import { requestDigest, type ThoughtRequest } from "./thought_request.ts";

/** A thought is asked for: to be appended before the model is called. */
export function askThought(
  step: Extract<InterviewStep, { do: "think" }>,
  request: ThoughtRequest,
  by: Thinker,
): NewInterviewEvent {
  const { thought, kind, basis } = step;
  return interviewEvent("thought.asked", {
    thought,
    kind,
    basis,
    request: requestDigest(request),
    by,
  });
}

/**
 * What a model answered, as it came. Throws `conflict` when that thought is not waited for: it was
 * answered already, or something was said since that made it useless.
 */
export function receiveThought(
  state: InterviewState,
  thought: number,
  received: { answer: KeptText; usage: Usage; calls?: number },
): NewInterviewEvent[] {
  requireWaiting(state, thought, "Take the answer of");
  return [interviewEvent("thought.received", { thought, ...received })];
}

/** A call that brought nothing. Throws as {@link receiveThought} does. */
export function failThought(
  state: InterviewState,
  thought: number,
  failed: {
    code: ErrorCode;
    reason: string;
    retryable: boolean;
    retryAfterSeconds: number | null;
    usage: Usage;
    calls?: number;
  },
): NewInterviewEvent[] {
  requireWaiting(state, thought, "End");
  return [interviewEvent("thought.failed", { thought, problems: [], ...failed })];
}

/**
 * What a person says ends a wait for the host's model, which may never answer: it is asked again, of
 * what is known then. A call of an agent CLI is ended by whoever made it.
 */
export function endHostThought(state: InterviewState): NewInterviewEvent[] {
  const last = waiting(state);
  if (last?.by.kind !== "host") return [];
  return failThought(state, last.number, {
    code: "cancelled",
    reason: "Something was said before it answered",
    retryable: true,
    retryAfterSeconds: null,
    usage: {},
  });
}

function waiting(state: InterviewState): ThoughtState | undefined {
  const last = state.thoughts.at(-1);
  return last && !last.answer && !last.failure ? last : undefined;
}

function requireWaiting(state: InterviewState, thought: number, action: string): void {
  if (waiting(state)?.number === thought) return;
  throw new OuroborosError({
    code: "conflict",
    message: `${action} thought ${thought}: it is not waited for`,
    hint: resumeCommand(state),
  });
}
