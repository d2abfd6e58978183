import type { Recording } from "../../lib/kernel/recording.ts";
import type { IdeaTask } from "./idea_tasks.ts";

/** A recording of a task's model and agent. */
export function ideaRecording(task: IdeaTask): Recording {
  const completion = (kind: string, number: number, answer: unknown) => ({
    ...{ kind: `interview.${kind}`, number, answer: JSON.stringify(answer) },
  });
  const { criteria } = task.seeds.at(-1)! as { criteria: unknown[] };
  return {
    schema: 1,
    title: task.name,
    runtime: "replay",
    completions: [
      completion("screen", 1, task.screen),
      completion("score", 1, task.score),
      ...task.seeds.map((seed, at) => completion("seed", at + 1, seed)),
    ],
    attempts: criteria.map((_, at) => ({
      criterion: `${at + 1}`,
      attempt: 1,
      steps: Object.entries(task.work[`${at + 1}`] ?? {})
        .map(([write, text]) => ({ write, text })),
      finalText: "Done",
    })),
  };
}
