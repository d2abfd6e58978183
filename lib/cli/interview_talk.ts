import type { InterviewHooks, InterviewProgress } from "../app/interview/interview_hooks.ts";
import { type SavedSeed, saveSeed } from "../app/seeds/save_seed.ts";
import { typedName } from "../app/typed_name.ts";
import { OuroborosError } from "../kernel/error.ts";
import { EXIT, type ExitCode } from "../kernel/exit_code.ts";
import type { CommandContext } from "./command.ts";
import type { FiledAnswers } from "./interview_answers.ts";
import { interviewDialogue } from "./interview_dialogue.ts";
import { filedAnswers, neverAsked, type PersonHooks } from "./interview_filed.ts";
import { type InterviewView, resumeCommand } from "./interview_view.ts";
import { interviewProgress } from "./render/interview_progress.ts";
import { interviewResultText } from "./render/interview_result.ts";
import { interviewReviewText } from "./render/interview_review.ts";
import { interviewAskedText, interviewScreenText } from "./render/interview_screen.ts";
import { interviewSeedText } from "./render/interview_seed.ts";
import { interviewTrialText } from "./render/interview_trial.ts";

/** How an interview is talked about. */
export interface TalkOptions {
  /** Answers in place of a person's. */
  filed: FiledAnswers | null;
  /** Nobody is asked. */
  auto: boolean;
  /** Where the frozen seed is saved as well. */
  save?: string | undefined;
}

/** Holds an interview to its end, or to where nobody answers, and tells where it stands then. */
export async function interviewTalk(
  context: Pick<CommandContext, "app" | "words" | "output" | "interrupt">,
  options: TalkOptions,
  start: (hooks: InterviewHooks) => AsyncGenerator<InterviewProgress, InterviewView>,
): Promise<{ interview: InterviewView; exit: ExitCode }> {
  const { app, output, words } = context;
  const json = words.has("json");
  const progress = interviewProgress(output, { json, nowMs: () => app.clock.monotonicMs() });
  const { interrupt } = context;
  const seen = { facts: false, id: "", unasked: false };
  const person: PersonHooks = output.canAsk && !json && !options.auto
    ? interviewDialogue({
      ...{ output, interrupt },
      clear: () => progress.clear(),
      factsShown: () => seen.facts,
    })
    : nobody(context, () => seen.unasked = true);
  const agreed = agreeing(person, { yes: words.has("yes"), auto: options.auto });
  const hooks = options.filed ? filedAnswers(options.filed, agreed) : agreed;
  const work = start({ ...hooks, interrupt });
  let view: InterviewView;
  try {
    let next = await work.next();
    for (; !next.done; next = await work.next()) {
      if (next.value.type === "event") {
        seen.id = next.value.event.stream.replace(/^[a-z]+:/, "");
        seen.facts ||= next.value.event.type === "facts.found";
      }
      progress.show(next.value);
    }
    view = next.value;
  } catch (error) {
    progress.clear();
    // What was said is kept whatever went wrong; the error itself is told behind this.
    if (seen.id !== "" && !json) {
      const name = await typedName(app);
      const resume = resumeCommand({ interviewId: seen.id }, name, options.save);
      output.err(`Kept; to go on: ${resume}\n`);
    }
    throw error;
  } finally {
    progress.clear();
  }
  const exit = exitOf(view, seen.unasked);
  const name = await typedName(app);
  const saved = await savedAt(app, view, options.save);
  tellEnd(context, view, { ...options, exit, name, saved });
  // The seed is frozen all the same, and that was told.
  if (saved instanceof OuroborosError) throw saved;
  return { interview: view, exit };
}

/** Where the frozen seed was saved, or why it was not; null: it was not to be. */
async function savedAt(
  app: CommandContext["app"],
  view: InterviewView,
  save: string | undefined,
): Promise<SavedSeed | OuroborosError | null> {
  if (save === undefined || !view.seed?.path) return null;
  try {
    return await saveSeed(app, view.seed.path, save);
  } catch (error) {
    if (error instanceof OuroborosError) return error;
    throw error;
  }
}

/** Says yes to what was shown, where the words of the command did already. */
function agreeing(person: PersonHooks, said: { yes: boolean; auto: boolean }): PersonHooks {
  if (!said.yes && !said.auto) return person;
  const by = said.yes ? "person" : "auto";
  return {
    ...person,
    review: () => Promise.resolve({ kind: "approve", by }),
    trial: () => Promise.resolve({ kind: "try", unseen: true }),
    // What cannot be decided is nothing that can be agreed to without a person.
    seed: (view, draft) =>
      draft.decides || said.yes
        ? Promise.resolve({ kind: "freeze", by, unseen: true })
        : person.seed(view, draft),
  };
}

/** Hooks for where nobody can be asked: what a person would have been asked is told and left open. */
function nobody(
  { output, words }: Pick<CommandContext, "output" | "words">,
  unasked: () => void,
): PersonHooks {
  const style = () => ({ color: output.talkColor, columns: output.columns() });
  // Whoever answers by a file has to see what was understood, as at a terminal.
  const asked = (view: InterviewView) =>
    `${interviewScreenText(view, { style: style(), facts: false })}\n` +
    interviewAskedText(view, style());
  const tell = (type: string, data: Record<string, unknown>, text: () => string) => {
    unasked();
    if (words.has("json")) output.out(`${JSON.stringify({ type, ...data })}\n`);
    else output.err(text());
    return Promise.resolve({ kind: "leave" } as const);
  };
  return {
    answer: (view) => tell("screen", { view }, () => asked(view)),
    review: (view) => tell("review", { view }, () => interviewReviewText(view, style())),
    choose: (view) => tell("choice", { view }, () => asked(view)),
    trial: (view, untried) =>
      tell("trial", { view, ...untried }, () => interviewTrialText(untried, style())),
    seed: (view, draft) => tell("seed", { view, draft }, () => interviewSeedText(draft, style())),
  };
}

/** The exit code of where an interview stands when a command ends. */
export function exitOf(view: InterviewView, unasked: boolean): ExitCode {
  const { phase } = view.next;
  if (phase === "frozen") return EXIT.done;
  if (phase === "paused") return EXIT.failed;
  if (unasked) return EXIT.needsInput;
  return phase === "choosing" && view.auto ? EXIT.undecided : EXIT.cancelled;
}

function tellEnd(
  { output, words }: Pick<CommandContext, "output" | "words">,
  view: InterviewView,
  end: {
    exit: ExitCode;
    filed: FiledAnswers | null;
    name: string;
    save?: string | undefined;
    saved: SavedSeed | OuroborosError | null;
  },
): void {
  const unused = end.filed ? neverAsked(end.filed, view) : [];
  const saved = end.saved instanceof OuroborosError ? null : end.saved;
  if (words.has("json")) {
    if (unused.length > 0) {
      const text = `Never asked: ${unused.join(", ")}`;
      output.out(`${JSON.stringify({ type: "notice", text })}\n`);
    }
    if (saved !== null) output.out(`${JSON.stringify({ type: "saved", ...saved })}\n`);
    output.out(`${JSON.stringify({ type: "result", interview: view })}\n`);
    return;
  }
  const style = {
    ...{ color: output.color, columns: output.columns() },
    ...{ name: end.name, saved: saved?.path },
  };
  output.out(`${output.isTerminal ? "\n" : ""}${interviewResultText(view, style)}`);
  if (unused.length > 0) {
    output.err(`Note  Answered by the file and never asked: ${unused.join(", ")}\n`);
  }
  if (saved?.hidden) output.err("Note  Agents that work there can read its hidden checks\n");
  if (end.exit === EXIT.done || view.next.phase === "abandoned") return;
  const resume = resumeCommand(view, end.name, end.save);
  if (end.exit !== EXIT.needsInput) {
    output.err(`${resume}\n`);
    return;
  }
  // A review and a seed want a yes; a question wants words.
  const more = view.next.phase === "reviewing" || view.next.phase === "seeded"
    ? "--yes"
    : "--answers FILE";
  output.err(`Error: Nobody can be asked here: ${view.next.line}\n  Try: ${resume} ${more}\n`);
}
