import { askThought, failThought, receiveThought } from "../../engine/interview/ask_thought.ts";
import { interviewEvent, type ThoughtKind } from "../../engine/interview/events.ts";
import { readThought, thoughtProblems } from "../../engine/interview/read_thought.ts";
import type { InterviewState } from "../../engine/interview/state.ts";
import type { InterviewStep } from "../../engine/interview/step.ts";
import { thoughtRequest } from "../../engine/interview/thought_request.ts";
import { sha256 } from "../../kernel/digest.ts";
import type { Usage } from "../../kernel/outcome.ts";
import { complete } from "../complete/complete.ts";
import type { AnswerSchema } from "../complete/completion.ts";
import { finishedAnswer } from "../complete/finished_answer.ts";
import { openThinker } from "../complete/open_thinker.ts";
import { triesAgain } from "../complete/why_silent.ts";
import { findCallOutput, makeCallOutput } from "./call_output.ts";
import { fitSeed } from "./fit_seed.ts";
import { type InterviewContext, projectOf } from "./interview_context.ts";
import { keepText, loadText } from "./kept_text.ts";
import { seedSurroundings } from "./seed_surroundings.ts";
import { seedText } from "./seed_text.ts";

type StepOf<D extends InterviewStep["do"]> = Extract<InterviewStep, { do: D }>;

const DOES: Readonly<Record<ThoughtKind, string>> = {
  screen: "draws up what was understood and what to ask",
  score: "measures how clear it is",
  seed: "writes the seed",
};

/** Asks a model; what it answers is kept as it came, before anything is made of it. */
export async function thinkStep(context: InterviewContext, step: StepOf<"think">): Promise<void> {
  const { app, log, hooks, journal, emit } = context;
  const { state } = log;
  const thinker = await openThinker(app, context.thinker);
  if (step.waitSeconds > 0) {
    emit({ type: "waiting", seconds: step.waitSeconds, reason: lastFailure(state) });
    await app.clock.sleep(step.waitSeconds * 1000, hooks.interrupt);
    if (hooks.interrupt.aborted) return;
  }
  const idea = await loadText(journal, state.begun.idea);
  const request = thoughtRequest(state, step.kind, { idea, problems: step.problems });
  const { title } = thinker.definition;
  const version = thinker.runtime.found.version;
  const name = version === null ? title : `${title} ${version}`;
  emit({ type: "working", text: `${title} ${DOES[step.kind]}` });
  const { interviewId } = state.begun;
  const { thought } = step;
  const spool = await makeCallOutput(app, interviewId, { thought, runtime: thinker.definition.id });
  await log.append(askThought(step, request, { kind: "runtime", name }));
  const answer = await complete(thinker, {
    kind: `interview.${step.kind}`,
    number: questionNumber(state, step.kind),
    systemText: request.rules,
    messages: [{ role: "user", text: request.material }],
    schema: schemaOf(state, step.kind, request.schema),
    spool,
  }, {
    cancel: hooks.interrupt,
    onWait: ({ seconds, reason }) => emit({ type: "waiting", seconds, reason }),
    onEvent: (event) => {
      if (event.type !== "notice" || event.level !== "warning" || !triesAgain(event.text)) return;
      emit({ type: "waiting", seconds: 0, reason: `${title}: ${event.text}` });
    },
  });
  const calls = answer.calls.length;
  if (answer.ok) {
    const kept = await keepText(journal, JSON.stringify(answer.value));
    await log.append(
      ...receiveThought(state, step.thought, { answer: kept, usage: answer.usage, calls }),
    );
    return;
  }
  if (hooks.interrupt.aborted) {
    // Whoever left did not fail: it is asked again at once when somebody is there.
    const left = ended("It was left before the answer came", answer.usage);
    await log.append(...failThought(state, step.thought, { ...left, calls }));
    return;
  }
  const { code, message: reason, retryAfterSeconds = null } = answer.failure;
  await log.append(
    ...failThought(state, step.thought, {
      ...{ code, reason, retryAfterSeconds, usage: answer.usage, calls },
      // It was repaired and tried again already, where that helps; the next resume asks anew.
      retryable: false,
    }),
  );
}

/**
 * Which question of its kind the last thought asks. One that was cut off is asked again as the same: a
 * recording holds its answer once.
 */
export function questionNumber({ thoughts }: InterviewState, kind: ThoughtKind): number {
  return thoughts.filter((one) => one.kind === kind && one.failure?.code !== "cancelled").length;
}

/** The schema of an answer that the engine can read: one of no use is sent back while the model is there. */
function schemaOf(
  state: InterviewState,
  kind: ThoughtKind,
  jsonSchema: AnswerSchema<unknown>["jsonSchema"],
): AnswerSchema<unknown> {
  return {
    jsonSchema,
    parse(value) {
      const problems = thoughtProblems(state, kind, value);
      return problems === null ? { value } : { problems };
    },
  };
}

function lastFailure(state: InterviewState): string {
  return state.thoughts.at(-1)?.failure?.reason ?? "";
}

/** Makes of an answer what it says: a screen, a score, a seed; or the reason why it says nothing. */
export async function readStep(context: InterviewContext, step: StepOf<"read">): Promise<void> {
  const { app, journal, log } = context;
  const thought = log.state.thoughts.find((one) => one.number === step.thought)!;
  const { event, seed } = readThought(log.state, thought, await loadText(journal, thought.answer!));
  if (event) await log.append(event);
  if (!seed) return;
  const around = await seedSurroundings(app, projectOf(context, log.state));
  const text = seedText(fitSeed(seed, around));
  const blob = await journal.putBlob(new TextEncoder().encode(text));
  await log.append(
    interviewEvent("seed.generated", { thought: step.thought, blob, digest: sha256(text) }),
  );
}

/** Whoever asked is gone: an answer that had come to its end is taken, for it was paid for. */
export async function recoverStep(
  context: InterviewContext,
  step: StepOf<"recover">,
): Promise<void> {
  const { journal, log } = context;
  const found = await leftAnswer(context, step);
  if (found) {
    const answer = await keepText(journal, JSON.stringify(found.value));
    await log.append(...receiveThought(log.state, step.thought, { answer, usage: found.usage }));
    return;
  }
  const left = ended("The program ended before the answer came", {});
  await log.append(...failThought(log.state, step.thought, left));
}

/** A call that ended with whoever made it. */
function ended(reason: string, usage: Usage) {
  return { code: "cancelled", reason, retryable: true, retryAfterSeconds: 0, usage } as const;
}

async function leftAnswer({ app, log }: InterviewContext, step: StepOf<"recover">) {
  const { state } = log;
  const left = await findCallOutput(app, state.begun.interviewId, step.thought);
  const definition = left && app.registry.find(left.runtime);
  if (!definition) return undefined;
  return await finishedAnswer(definition, left.spool, schemaOf(state, step.kind, {}));
}
