import {
  type AutoBounds,
  interviewEvent,
  type NamedThinker,
} from "../../engine/interview/events.ts";
import { nextStep } from "../../engine/interview/next_step.ts";
import type { InterviewStep } from "../../engine/interview/step.ts";
import { type InterviewView, viewInterview } from "../../engine/interview/view.ts";
import type { App } from "../app.ts";
import { openThinker, type ThinkerInput } from "../complete/open_thinker.ts";
import { progressStream } from "../progress_stream.ts";
import { workFolder } from "../project_folder.ts";
import { requireHome } from "../require_home.ts";
import { isCode } from "../run/end_work.ts";
import { removeCallOutput } from "./call_output.ts";
import { beginFrom } from "./begin_from.ts";
import { type InterviewBudget, requireBudget } from "./interview_budget.ts";
import { type InterviewContext, projectOf } from "./interview_context.ts";
import type { InterviewHooks, InterviewProgress } from "./interview_hooks.ts";
import { interviewOwner, overtakenError, refuseHeldInterview } from "./interview_holder.ts";
import { findInterview, openInterview, readInterview } from "./interview_log.ts";
import { lookAtProject } from "./look_at_project.ts";
import { restoreSeed } from "./restore_seed.ts";
import { freezeStep } from "./seed_steps.ts";
import { takeReply, takeReview } from "./take_reply.ts";
import { readStep, recoverStep, thinkStep } from "./think_step.ts";

/** Most screens that a model is asked for where nobody answers. */
const AUTO_SCREENS = 4;

/** What `interview` was asked. */
export interface InterviewInput extends Pick<ThinkerInput, "runtime" | "model" | "recording"> {
  /** An idea in words, or a file (see `beginFrom`); undefined: an interview goes on. */
  idea: string | undefined;
  /** Id of the interview that goes on, or true for the newest that is open. */
  resume: string | true | undefined;
  /** Nobody is asked: the recommended answers are taken, within bounds. */
  auto: boolean;
  project: string;
  /** What its calls may cost at most; left out: whatever they do. */
  budget?: InterviewBudget;
}

/**
 * Asks until an idea is clear, and ends in a frozen seed. Every answer is in the journal before
 * anything else happens, and so is every call of a model: whoever dies is followed by one that goes
 * on there. Errors: usage, not_found, unreadable, not_allowed (another process is at it), those of
 * the journal and of choosing who thinks; what a model does is in the view.
 */
export function interview(
  app: App,
  input: InterviewInput,
  hooks: InterviewHooks,
): AsyncGenerator<InterviewProgress, InterviewView> {
  return progressStream(async (emit) => {
    await requireHome(app);
    const id = await idOf(app, input, emit);
    try {
      const context = await openContext(app, { ...input, id }, { hooks, emit });
      await restoreSeed(context);
      const { state } = context.log;
      if (state.facts && !state.frozen && !state.abandoned) hooks.looked?.(viewInterview(state));
      while (!hooks.interrupt.aborted) {
        const step = nextStep(context.log.state);
        if (step.do === "think") requireBudget(context.log.state.usage, input.budget ?? {}, id);
        if (!await performStep(context, step)) break;
      }
      await removeCallOutput(app, id);
      if (!hooks.interrupt.aborted) return viewInterview(context.log.state);
      // Whoever interrupted it may have abandoned it from elsewhere, which nobody goes on with.
      return viewInterview(await readInterview(context.journal, id));
    } catch (error) {
      if (!isCode(error, "journal_fenced")) throw error;
      const state = await readInterview(await app.journal(), id);
      if (state.abandoned) return viewInterview(state);
      throw await overtakenError(app, id);
    }
  });
}

/** Id of the interview that is held: one that is there, and nobody else is at, or a new one. */
async function idOf(
  app: App,
  input: InterviewInput,
  emit: (progress: InterviewProgress) => void,
): Promise<string> {
  if (input.idea === undefined) {
    const id = await findInterview(app, input.resume === true ? undefined : input.resume);
    const { frozen, abandoned } = await readInterview(await app.journal(), id);
    // What is over is only looked at.
    if (frozen || abandoned) return id;
    await refuseHeldInterview(app, id);
    await requireThinker(app, input);
    return id;
  }
  const project = await workFolder(app, input.project, "ouroboros interview IDEA --cwd DIR");
  await requireThinker(app, input);
  const [auto, thinker] = [autoBounds(input), namedThinker(input)];
  return await beginFrom(app, input.idea, { project, auto, thinker, emit });
}

/** Who was named and cannot think would be found out only once the interview was claimed. */
async function requireThinker(app: App, input: InterviewInput): Promise<void> {
  if (input.runtime !== undefined || input.recording !== undefined) await openThinker(app, input);
}

function autoBounds({ auto }: InterviewInput): AutoBounds | null {
  return auto ? { screens: AUTO_SCREENS } : null;
}

/**
 * Who is named now; undefined: nobody, or a recording plays. Another runtime knows nothing of the
 * model that was named before.
 */
function namedThinker(
  { runtime, model, recording }: InterviewInput,
  before: string | null = null,
): NamedThinker | undefined {
  if (recording !== undefined || (runtime === undefined && model === undefined)) return undefined;
  return { runtime: runtime ?? before, model: model ?? null };
}

async function openContext(
  app: App,
  input: InterviewInput & { id: string },
  at: Pick<InterviewContext, "hooks" | "emit">,
): Promise<InterviewContext> {
  const journal = await app.journal();
  // Once more: to find out who thinks takes a moment, in which somebody may have begun to answer.
  await refuseHeldInterview(app, input.id);
  const log = await openInterview(journal, input.id, {
    owner: await interviewOwner(app),
    onAppend: (event) => at.emit({ type: "event", event }),
  });
  if (input.idea === undefined && !log.state.frozen && !log.state.abandoned) {
    const auto = autoBounds(input);
    const thinker = namedThinker(input, log.state.thinker.runtime);
    const named = thinker === undefined ? {} : { thinker };
    await log.append(interviewEvent("interview.resumed", { by: "person", auto, ...named }));
  }
  const { recording } = input;
  const { runtime, model } = log.state.thinker;
  const thinker = recording === undefined
    ? { runtime: runtime ?? undefined, model: model ?? undefined }
    // It plays in place of whoever was named before.
    : { runtime: input.runtime, model: input.model };
  return { app, journal, log, thinker: { ...thinker, recording }, ...at };
}

/** Does one step; false: it ends here, for now or for good. */
export async function performStep(
  context: InterviewContext,
  step: InterviewStep,
): Promise<boolean> {
  const { app, log, hooks } = context;
  const view = () => viewInterview(log.state);
  switch (step.do) {
    case "look":
      await log.append(
        interviewEvent("facts.found", await lookAtProject(app, projectOf(context, log.state))),
      );
      hooks.looked?.(view());
      return true;
    case "think":
      await thinkStep(context, step);
      // What came of it is in the journal now.
      await removeCallOutput(app, log.state.begun.interviewId);
      return true;
    case "read":
      await readStep(context, step);
      return true;
    case "recover":
      await recoverStep(context, step);
      await removeCallOutput(app, log.state.begun.interviewId);
      return true;
    case "ask":
      return await takeReply(context, await hooks.answer(view()));
    case "answer":
      await log.append(
        interviewEvent("answers.given", { answers: step.answers, remark: "", by: "auto" }),
      );
      return true;
    case "refuse": {
      const { reasons, score } = step;
      await log.append(interviewEvent("finish.refused", { reasons, score }));
      return true;
    }
    case "review": {
      const { do: _, ...shown } = step;
      await log.append(interviewEvent("review.shown", shown));
      return true;
    }
    case "confirm":
      return await takeReview(context, step.review, await hooks.review(view()));
    case "approve": {
      const { review, confirmed } = step;
      await log.append(interviewEvent("review.approved", { review, confirmed, by: "auto" }));
      return true;
    }
    case "choose":
      // Nobody is there who could: it stops above the threshold.
      return log.state.auto ? false : await takeReply(context, await hooks.choose(view()));
    case "freeze":
      return await freezeStep(context);
    case "pause": {
      const { code, reason, hint } = step;
      await log.append(interviewEvent("interview.paused", { code, reason, hint }));
      return true;
    }
    case "wait":
    case "stopped":
    case "over":
      return false;
  }
}
