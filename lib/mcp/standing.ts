import { z } from "zod";
import type { InterviewView } from "../app/interview/views.ts";
import { HOST_RUNTIME } from "../app/host/host_runtime.ts";
import type { RunView } from "../app/run/views.ts";
import { usageText } from "../kernel/usage_text.ts";
import { clipped } from "./clipped.ts";
import { toolHint } from "./tool_hint.ts";

/** Where one criterion stands. */
const CRITERION = z.object({
  id: z.string(),
  state: z.string(),
  tries: z.number(),
  reason: z.string(),
});

/** Where a run or an interview stands, as every tool that looks at one says it. */
export const STANDING = z.object({
  id: z.string(),
  kind: z.enum(["run", "interview"]),
  goal: z.string(),
  state: z.string(),
  reason: z.string(),
  /** Nothing more will happen by itself. */
  over: z.boolean(),
  criteria: z.array(CRITERION),
  /** What can be done now. */
  next: z.array(z.string()),
});

/** A value of {@link STANDING}. */
export type Standing = z.infer<typeof STANDING>;

/** A goal is told so far: the seed has all of it. */
const GOAL_CHARS = 300;
/** And a reason: receipts and the journal have all of it. */
const REASON_CHARS = 400;

/** A run's standing. */
export function runStanding(run: RunView): Standing {
  return {
    id: run.runId,
    kind: "run",
    goal: clipped(run.goal, GOAL_CHARS),
    state: run.state,
    reason: clipped(run.reason, REASON_CHARS),
    over: run.state !== "running",
    criteria: run.criteria.map(({ id, state, tries, reason }) => ({
      ...{ id, state, tries },
      reason: clipped(reason, REASON_CHARS),
    })),
    next: nextOfRun(run),
  };
}

/** An interview's standing; its questions are for the tool that asks them. */
export function interviewStanding(interview: InterviewView): Standing {
  const { idea, next, interviewId, seed } = interview;
  const frozen = next.phase === "frozen";
  return {
    id: interviewId,
    kind: "interview",
    goal: clipped("text" in idea ? idea.text : idea.head, GOAL_CHARS),
    state: next.phase,
    reason: next.line,
    over: frozen || next.phase === "abandoned",
    criteria: [],
    next: frozen
      ? [`ouroboros_start_execute_seed with seed_path "${seed?.path}"`]
      : next.waits
      ? [`ouroboros_interview with session_id "${interviewId}"`]
      : [],
  };
}

function nextOfRun(run: RunView): string[] {
  const { runId } = run;
  if (run.discarded) return [];
  if (run.state === "running") {
    return [
      ...(run.hint === null ? [] : [toolHint(run.hint)]),
      wayToFollow(run),
    ];
  }
  const resume = `ouroboros_start_execute_seed with session_id "${runId}"`;
  if (run.state === "interrupted") {
    const hint = run.hint === null ? "" : toolHint(run.hint);
    const goesOn = `${resume}: it goes on${run.runtime === HOST_RUNTIME ? "" : ", and costs"}`;
    // Said once; and what would end at once, at the ceiling that was reached, is not offered.
    if (hint === resume || hint === "") return [goesOn];
    return hint.includes(`ouroboros resume ${runId} --max-`) ? [hint] : [hint, goesOn];
  }
  if (run.applied || run.applyCutOff) return [`The user may take it back: ouroboros undo ${runId}`];
  return [
    ...(run.state === "cancelled" ? [`If the user wants it back: ${resume}`] : []),
    ...(run.unblocked.length > 0 ? [`${resume}: works on ${run.unblocked.join(", ")}`] : []),
    ...(run.changed
      ? [`Show: ouroboros diff ${runId}`, `Once the user says so: ouroboros apply ${runId}`]
      : []),
    ...(run.attempts > 0 ? [`What proves it: ouroboros receipts ${runId}`] : []),
  ];
}

/** The call that leads a running run on: where an agent works it is waited for. */
export function wayToFollow({ runId, runtime }: { runId: string; runtime: string }): string {
  const tool = runtime === HOST_RUNTIME ? "ouroboros_attempt" : "ouroboros_job_wait";
  return `${tool} with job_id "${runId}"`;
}

/** The same as a text that suffices by itself. */
export function standingText(standing: Standing): string {
  const { id, goal, state, reason, criteria, next } = standing;
  const why = reason === "" ? "" : `: ${reason}`;
  return [
    `${id}  ${state}${why}`,
    `Goal: ${goal}`,
    ...criteria.map((one) => {
      const tries = one.tries > 0 ? `, ${one.tries} ${one.tries === 1 ? "try" : "tries"}` : "";
      return `- ${one.id}: ${one.state}${tries}${one.reason === "" ? "" : `: ${one.reason}`}`;
    }),
    ...(next.length === 0 ? [] : ["Next:", ...next.map((line) => `- ${line}`)]),
  ].join("\n");
}

/** What a run used so far, in words. */
export function usedText(run: Pick<RunView, "usage" | "attempts">): string {
  const { usage, attempts } = run;
  return `${attempts} ${attempts === 1 ? "start" : "starts"} of the agent, ${usageText(usage)}`;
}
