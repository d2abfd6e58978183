import { interview, type InterviewInput } from "../../lib/app/interview/interview.ts";
import type { InterviewHooks, InterviewProgress } from "../../lib/app/interview/interview_hooks.ts";
import type { InterviewView } from "../../lib/engine/interview/view.ts";
import { ANSWERER } from "./answering_agent.ts";
import type { AppBench } from "./app_bench.ts";

/** A screen of one question. */
export const SCREEN = {
  draft: {
    goal: "greet.sh greets by name",
    scope: ["one script"],
    outputs: ["greet.sh"],
    verification: [{ text: "the test passes", run: "sh test.sh" }],
    assumptions: [{ text: "POSIX sh is enough", reason: "nothing else is used here" }],
  },
  questions: [{
    topic: "scope",
    text: "What is said without a name?",
    why: "It is a case of its own",
    choices: [{ text: "Hello, world", recommended: true }, { text: "An error" }],
  }],
};
/** A clear score. */
export const SCORE = {
  goal_clarity_score: 0.95,
  constraint_clarity_score: 0.9,
  success_criteria_clarity_score: 0.95,
  context_clarity_score: 0.9,
};
/** A seed whose check decides. */
export const SEED = {
  goal: "greet.sh greets by name",
  criteria: [{ description: "greet.sh greets", run: "sh test.sh", protect: ["test.sh"] }],
};
/** The project that it is about. */
export const FILES = { "test.sh": '[ "$(sh greet.sh Ada)" = "Hello, Ada" ]\n' };

/** A model that draws one screen, scores it and writes the seed; anything else it is asked it refuses. */
export const GOOD = answers(SCREEN, SCORE, SEED);

/** Shell text that answers the first call with the first, and so on. */
export function answers(...said: unknown[]): string {
  const cases = said.map((one, index) =>
    `${index + 1}) cat <<'END'\n${JSON.stringify(one)}\nEND\n;;`
  );
  return `case $n in\n${cases.join("\n")}\n*) echo "I would rather not";;\nesac`;
}

const INPUT: InterviewInput = {
  idea: "a script that greets",
  resume: undefined,
  auto: false,
  project: "",
  runtime: ANSWERER,
};

/** A person who picks what is recommended and says yes. */
export function agreeable(more: Partial<InterviewHooks> = {}): InterviewHooks {
  return {
    interrupt: new AbortController().signal,
    answer: (view) =>
      Promise.resolve({
        kind: "answers",
        answers: view.questions.map((one) => ({ question: one.id, choices: [1] })),
        remark: "",
        by: "person",
      }),
    review: () => Promise.resolve({ kind: "approve", by: "person" }),
    choose: () => Promise.resolve({ kind: "leave" }),
    trial: () => Promise.resolve({ kind: "try" }),
    seed: () => Promise.resolve({ kind: "freeze", by: "person" }),
    ...more,
  };
}

/** Holds an interview to its end. */
export async function converse(
  bench: AppBench,
  input: Partial<InterviewInput> = {},
  hooks: InterviewHooks = agreeable(),
): Promise<{ view: InterviewView; progress: InterviewProgress[] }> {
  const progress: InterviewProgress[] = [];
  const work = interview(bench.app, { ...INPUT, project: bench.project, ...input }, hooks);
  while (true) {
    const next = await work.next();
    if (next.done) return { view: next.value, progress };
    progress.push(next.value);
  }
}

/** Types of the events that came. */
export const types = (progress: readonly InterviewProgress[]) =>
  progress.flatMap((one) => one.type === "event" ? [one.event.type] : []);
