import { z } from "zod";
import type { HostState, HostTask } from "../app/interview/host_state.ts";
import { trialLines } from "./trial_lines.ts";

/** What every tool of interviews answers: what is to be done next, and what it takes. */
export const INTERVIEW_ANSWER = z.looseObject({
  session_id: z.string(),
  do: z.enum(["think", "ask", "review", "seed", "wait", "stopped", "done", "abandoned"]),
  next: z.string(),
});

/** A value of {@link INTERVIEW_ANSWER}, with what belongs to its `do`. */
export type InterviewAnswer = z.infer<typeof INTERVIEW_ANSWER> & {
  /** 0 is clear, up to 0.2 clear enough; null: not scored yet. */
  ambiguity_score: number | null;
};

/** What a host is told of an interview. */
export function interviewAnswer(state: HostState): InterviewAnswer {
  const { interviewId, score, ...task } = state;
  return {
    session_id: interviewId,
    next: nextCall(interviewId, task),
    ambiguity_score: score,
    ...(task.do === "done"
      ? { do: task.do, seed_id: task.seedId, path: task.path, forced: task.forced }
      : task),
  };
}

/** One line: what the host does, and with which call it goes on. */
function nextCall(id: string, task: HostTask): string {
  const call = `ouroboros_interview with session_id "${id}"`;
  switch (task.do) {
    case "think":
      return `Make the object yourself, by the rules, without asking the user; then ${call}, ` +
        `thought ${task.thought} and draft`;
    case "ask":
      return task.reasons.length > 0 && task.questions.length === 0
        ? `Tell the user why it is not clear; then ${call} and remark, or ouroboros_generate_seed ` +
          "with force and reason if they want it as it is"
        : `Put these to the user, with the choices; never answer for them; then ${call} and answers`;
    case "review":
      return `Show this to the user; then ${call} and approve: ${task.review} if they agree, else ` +
        "reject (ids) or remark";
    case "seed": {
      const freeze = `ouroboros_generate_seed with session_id "${id}", or ${call} and remark for ` +
        "what is to be changed";
      return task.commands.length === 0
        ? `Show the seed to the user; then ${freeze}`
        : "Show the seed and its commands to the user, who says whether they run once, in a copy of " +
          `the project but with nothing that confines them. After a yes: ${call} and try: ` +
          `${task.thought}. Else ${freeze}`;
    }
    case "wait":
      return `An agent is at it: ${call}`;
    case "stopped":
      return `Tell the user; ${call} tries again`;
    case "done":
      return `ouroboros_start_execute_seed with seed_path "${task.path}", when the user wants it run`;
    case "abandoned":
      return "Begin a new one with initial_context";
  }
}

/** The same as a text that suffices by itself. */
export function interviewText(answer: Record<string, unknown>): string {
  const { session_id, next, ambiguity_score: score, ...rest } = answer as InterviewAnswer;
  const task = rest as unknown as HostTask & { seed_id?: string };
  const head = `${session_id}${score === null ? "" : `, ambiguity ${score.toFixed(2)}`}`;
  return [head, ...taskLines(task), `Next: ${next}`].join("\n");
}

function taskLines(task: HostTask & { seed_id?: string }): string[] {
  switch (task.do) {
    case "think":
      return [task.rules, `SHAPE OF THE DRAFT (${task.kind})\n${task.schema}\n`, task.material];
    case "ask":
      return [
        `Understood so far\n${task.understood}`,
        ...listed("Not clear enough yet", task.reasons),
        ...task.questions.map((one) => {
          const choices = one.choices.map((choice, index) =>
            `  ${index + 1}. ${choice.text}${choice.recommended ? " (recommended)" : ""}`
          );
          return [`${one.id} (${one.topic}) ${one.text}`, `  Why: ${one.why}`, ...choices].join(
            "\n",
          );
        }),
        "Each may also be answered in own words, delegated or skipped",
      ];
    case "review":
      return [
        `Review ${task.review}\n${task.understood}`,
        ...listed(
          "Assumed, and confirmed by a yes",
          task.assumptions.map((one) => `${one.id}: ${one.text} (${one.reason})`),
        ),
      ];
    case "seed":
      return [
        `The seed, not frozen yet\n${task.yaml}`,
        ...(task.commands.length === 0 ? [] : [[
          "What trying its checks would run, once, as the user, in a copy of the project, with " +
          "nothing that confines it. Nothing of it ran yet",
          ...trialLines(task.commands),
        ].join("\n")]),
        ...listed(
          "Its checks, run as the user in a copy of the project as it is",
          task.checks.map((one) => `criterion ${one.criterion}: ${one.check}: ${one.says}`),
        ),
        ...listed("To be known", task.remarks),
      ];
    case "wait":
      return ["An agent thinks; nothing is asked of you now"];
    case "stopped":
      return [`It stopped: ${task.reason} (${task.code})`];
    case "done":
      return [`Frozen${task.forced ? ", by force" : ""}: ${task.seed_id} in ${task.path}`];
    case "abandoned":
      return [`Abandoned${task.reason === "" ? "" : `: ${task.reason}`}`];
  }
}

function listed(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [[title, ...lines.map((line) => `- ${line}`)].join("\n")];
}
