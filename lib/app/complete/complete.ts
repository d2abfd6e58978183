import { OuroborosError } from "../../kernel/error.ts";
import { addUsage, type Usage } from "../../kernel/outcome.ts";
import { afterCall } from "./after_call.ts";
import type { Answer, AnswerFailure, Question, QuestionHooks } from "./completion.ts";
import { type Asking, type Called, oneCall } from "./one_call.ts";
import type { Thinker } from "./open_thinker.ts";
import { openQuestionRoom } from "./question_room.ts";
import { questionPrompt, type Repair } from "./question_prompt.ts";

const TOTAL_MS = 20 * 60_000;
const WAIT_MS = 2 * 60_000;

/**
 * Asks a model one question through an agent's CLI, with nothing that can be changed in reach, and
 * gives an answer that fits the schema: one call where all goes well, one more for an answer that
 * does not fit. Failures of servers are tried again, limits of a provider waited for within a bound.
 * What a model or a CLI does is an `Answer`, never thrown. Errors: usage (a folder for a runtime that
 * cannot look at one), not_writable, and what a hook throws.
 */
export async function complete<T>(
  thinker: Thinker,
  question: Question<T>,
  hooks: QuestionHooks,
): Promise<Answer<T>> {
  requireReading(thinker, question);
  await using room = await openQuestionRoom(thinker.systemTmp);
  const totalMs = hooks.limits?.totalMs ?? TOTAL_MS;
  const endMs = thinker.clock.monotonicMs() + totalMs;
  const asking: Asking<T> = { thinker, question, hooks, room, endMs, calls: [], waitedMs: 0 };
  using slot = await takePlace(thinker, hooks, totalMs);
  const result = slot === undefined
    ? { failure: hooks.cancel.aborted ? CANCELLED : noPlace(thinker) }
    : await inTurns(asking);
  const { calls, waitedMs } = asking;
  const usage = calls.reduce<Usage>((sum, call) => addUsage(sum, call.usage), {});
  return "value" in result
    ? { ok: true, value: result.value, calls, usage, waitedMs }
    : { ok: false, failure: result.failure, calls, usage, waitedMs };
}

/** One of the runtime's places on this machine; undefined: cancelled, or none within the time. */
async function takePlace(
  { clock, definition, slot }: Thinker,
  hooks: QuestionHooks,
  withinMs: number,
): Promise<Disposable | undefined> {
  const [over, done] = [new AbortController(), new AbortController()];
  clock.sleep(withinMs, done.signal).then(() => over.abort());
  try {
    return await slot(AbortSignal.any([hooks.cancel, over.signal]), () => {
      const reason = `All places of ${definition.title} on this machine are taken`;
      hooks.onWait?.({ seconds: 0, reason });
    });
  } finally {
    done.abort();
  }
}

function noPlace({ definition }: Thinker): AnswerFailure {
  return {
    code: "timed_out",
    message: `Ask ${definition.title}: no place for one more on this machine became free`,
    hint: "Wait until other runs end, or raise limits.parallel",
    retryable: true,
  };
}

const CANCELLED: AnswerFailure = {
  code: "cancelled",
  message: "Cancelled before it was asked",
  retryable: false,
};

type Result<T> = { value: T } | { failure: AnswerFailure };

async function inTurns<T>(asking: Asking<T>): Promise<Result<T>> {
  const { thinker, question } = asking;
  const { jsonSchema } = question.schema;
  const nativeSchema = thinker.complete.takesSchema(jsonSchema);
  let repair: Repair | undefined;
  for (const turn of [1, 2] as const) {
    const prompt = questionPrompt(question.messages, {
      schema: jsonSchema,
      nativeSchema,
      ...(repair === undefined ? {} : { repair }),
    });
    const said = await answerOf(asking, turn, prompt);
    if ("failure" in said) return said;
    if (said.answer) return said.answer;
    const { outcome, problems } = said.call;
    repair = { answer: outcome.finalText ?? "", problems };
  }
  return { failure: answerInvalid(thinker, repair!) };
}

/** What is said in one turn, after as many tries as help. */
async function answerOf<T>(
  asking: Asking<T>,
  turn: 1 | 2,
  prompt: string,
): Promise<Called<T> | { failure: AnswerFailure }> {
  const { hooks, thinker } = asking;
  for (let tries = 1;; tries++) {
    if (hooks.cancel.aborted) return { failure: CANCELLED };
    const called = await oneCall(asking, { turn, tryNumber: tries, prompt });
    const { outcome } = called.call;
    if (outcome.reason === "completed") return called;
    const next = afterCall(outcome, {
      tries,
      waitedMs: asking.waitedMs,
      mostWaitMs: hooks.limits?.waitMs ?? WAIT_MS,
      leftMs: asking.endMs - thinker.clock.monotonicMs(),
    });
    if ("failure" in next) return next;
    hooks.onWait?.({ seconds: next.waitSeconds, reason: outcome.message ?? "" });
    await thinker.clock.sleep(next.waitSeconds * 1000, hooks.cancel);
    if (next.limit) asking.waitedMs += next.waitSeconds * 1000;
  }
}

function requireReading<T>({ complete, definition }: Thinker, { folder }: Question<T>): void {
  if (folder === undefined || complete.reads) return;
  throw new OuroborosError({
    code: "usage",
    message: `Let ${definition.title} look at "${folder}": it cannot read without writing`,
    hint: "Choose another runtime for questions: ouroboros config set llm.backend NAME",
  });
}

/** What was said stands in the message: a refusal in words has no other mark. */
function answerInvalid({ definition }: Thinker, { answer, problems }: Repair): AnswerFailure {
  const said = answer.trim().replace(/\s+/g, " ");
  const shown = said.length > 160 ? `${said.slice(0, 160).toWellFormed()} …` : said;
  return {
    code: "answer_invalid",
    message: `Use the answer of ${definition.title}: ${problems[0]}; it said ${
      said === "" ? "nothing" : `"${shown}"`
    }`,
    hint: "Ask again, or choose another model with --model",
    retryable: true,
  };
}
