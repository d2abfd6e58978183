import { sha256 } from "../../kernel/digest.ts";
import type { CompletionRequest, Invocation } from "../../runtimes/definition.ts";
import { type AgentEnd, driveAgent, notStarted } from "../run/drive_agent.ts";
import type { CallEnd, CallStart, Question, QuestionHooks } from "./completion.ts";
import type { Thinker } from "./open_thinker.ts";
import type { QuestionRoom } from "./question_room.ts";
import { readAnswer } from "./read_answer.ts";
import { whySilent } from "./why_silent.ts";

const MINUTE_MS = 60_000;

/** An answer is small: what takes longer, or prints more, hangs or went astray. */
const CALL_LIMITS = {
  startMs: 5 * MINUTE_MS,
  idleMs: 5 * MINUTE_MS,
  totalMs: 10 * MINUTE_MS,
  outputBytes: 32 * 1024 * 1024,
};

/** What a question has of its own while it is asked. */
export interface Asking<T> {
  thinker: Thinker;
  question: Question<T>;
  hooks: QuestionHooks;
  room: QuestionRoom;
  /** By the clock that never goes back. */
  endMs: number;
  calls: CallEnd[];
  waitedMs: number;
}

/** One call, and the value that its answer holds, where it fits. */
export interface Called<T> {
  call: CallEnd;
  answer?: { value: T };
}

/** Starts the agent's CLI once, waits for its end and reads what it said. */
export async function oneCall<T>(
  asking: Asking<T>,
  at: Omit<CallStart, "argv">,
): Promise<Called<T>> {
  const { thinker, question, hooks, room } = asking;
  const request = requestFor(asking, at);
  let invocation: Invocation | undefined;
  let end: AgentEnd | undefined;
  try {
    invocation = thinker.complete.invoke(request);
  } catch (error) {
    end = notStarted(error, thinker.definition);
  }
  const start = { ...at, argv: [...thinker.program, ...invocation?.args ?? []] };
  await hooks.onCall?.(start);
  let warned: string | undefined;
  end ??= await driveAgent({
    processes: thinker.processes,
    definition: thinker.definition,
    program: thinker.program,
    request: { ...request, permission: "read" },
    invocation: invocation!,
    env: { ...thinker.env, values: { ...thinker.env.values, ...room.env } },
    limits: limitsOf(asking),
    spool: question.spool ?? room.spool(),
    spoolMask: thinker.spoolMask,
    label: thinker.definition.id,
    cancel: hooks.cancel,
    onEvent: (event) => {
      if (event.type === "notice" && event.level === "warning") warned = event.text;
      hooks.onEvent?.(event);
    },
    onStarted: async (identity) => await hooks.onStarted?.(identity),
  });
  const { usage, durationMs } = end;
  const outcome = whySilent(end.outcome, warned, thinker.definition);
  const read = outcome.reason === "completed"
    ? readAnswer(outcome.finalText ?? "", question.schema)
    : { problems: [] };
  const problems = "problems" in read ? read.problems : [];
  const call: CallEnd = { ...start, outcome, usage, durationMs, problems };
  asking.calls.push(call);
  record(thinker, question, call);
  await hooks.onEnd?.(call);
  return { call, ...("value" in read ? { answer: read } : {}) };
}

function requestFor<T>(
  { thinker, question, room }: Asking<T>,
  { turn, prompt }: Omit<CallStart, "argv">,
): CompletionRequest {
  return {
    prompt,
    systemText: question.systemText,
    schema: question.schema.jsonSchema,
    cwd: question.folder ?? room.empty,
    reads: question.folder !== undefined,
    scratchDir: room.scratch(),
    foreignServers: thinker.foreignServers,
    self: thinker.program,
    ...(thinker.model === undefined ? {} : { model: thinker.model }),
    ...(thinker.recording === undefined ? {} : {
      embedded: {
        recording: thinker.recording,
        kind: question.kind,
        number: String(question.number),
        turn: String(turn),
      },
    }),
  };
}

/** The user's own limits hold where they are tighter. */
function limitsOf<T>({ thinker, hooks, endMs }: Asking<T>): Thinker["limits"] {
  const { limits } = thinker;
  const left = Math.max(1, endMs - thinker.clock.monotonicMs());
  return {
    ...limits,
    startMs: Math.min(limits.startMs, CALL_LIMITS.startMs),
    idleMs: Math.min(limits.idleMs, CALL_LIMITS.idleMs),
    totalMs: Math.min(limits.totalMs, hooks.limits?.callMs ?? CALL_LIMITS.totalMs, left),
    outputBytes: Math.min(limits.outputBytes, CALL_LIMITS.outputBytes),
    lineBytes: Math.min(limits.lineBytes, limits.outputBytes, CALL_LIMITS.outputBytes),
  };
}

/** Of several tries of one turn the last one stays. */
function record<T>(thinker: Thinker, { kind, number }: Question<T>, call: CallEnd): void {
  const { outcome, turn, usage, prompt } = call;
  const answered = outcome.reason === "completed";
  const { code = "agent_failed", message = "" } = outcome;
  thinker.recorder?.completion({
    kind,
    number,
    ...(turn === 1 ? {} : { turn }),
    prompt: sha256(prompt),
    answer: answered ? outcome.finalText ?? "" : "",
    usage,
    ...(answered ? {} : { fail: { code, message } }),
  });
}
