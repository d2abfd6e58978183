import type { RunLimits } from "../../engine/run/events.ts";
import type { RunState } from "../../engine/run/state.ts";
import type { RunDraft } from "../draft_run.ts";

/** What a run may cost at most, and who works: what somebody should know before they say yes. */
export interface CostView {
  goal: string;
  project: string;
  agent: string;
  model: string | null;
  permission: string;
  /** What holds the agent to it. */
  confinement: string;
  criteria: number;
  /** Starts of the agent, if every try is used. */
  mostStarts: number;
  minutes: number;
  /** Null: no limit. */
  maxTokens: number | null;
  maxUsd: number | null;
}

/** What a run may cost, before anything of it exists. */
export function costView(draft: RunDraft): CostView {
  const { seed, runtime, limits, permission } = draft;
  const version = runtime.found.version === null ? "" : ` ${runtime.found.version}`;
  const criteria = seed.criteria.length;
  return {
    goal: seed.goal,
    project: draft.project,
    agent: `${runtime.definition.title}${version}`,
    model: draft.model,
    permission: permission.effective,
    confinement: permission.confinement,
    criteria,
    mostStarts: criteria * limits.attempts,
    minutes: limits.minutes,
    maxTokens: limits.maxTokens,
    maxUsd: limits.maxUsd,
  };
}

/** What the rest of an interrupted run may cost. */
export function costOfRest(state: RunState, limits: RunLimits): CostView {
  const { seed, project, runtime, model, permission } = state.created;
  const open = state.criteria.filter((one) => one.settled === null);
  const starts = open.map((one) => Math.max(1, limits.attempts - one.attempts.length));
  return {
    goal: seed.goal,
    project,
    agent: `${runtime.title}${runtime.version === null ? "" : ` ${runtime.version}`}`,
    model,
    permission: permission.effective,
    confinement: permission.confinement,
    criteria: open.length,
    mostStarts: starts.reduce((sum, one) => sum + one, 0),
    minutes: limits.minutes,
    maxTokens: limits.maxTokens,
    maxUsd: limits.maxUsd,
  };
}

/** The same in one line. */
export function costText(cost: CostView): string {
  const { agent, model, permission, confinement, criteria, mostStarts, minutes } = cost;
  const tokens = cost.maxTokens === null ? "" : `, ${cost.maxTokens} tokens`;
  const money = cost.maxUsd === null ? ", no limit in dollars" : `, $${cost.maxUsd}`;
  return `${agent}${model === null ? "" : ` (${model})`}, permission ${permission} ` +
    `(${confinement}), ${criteria} ${criteria === 1 ? "criterion" : "criteria"}, at most ` +
    `${mostStarts} ${
      mostStarts === 1 ? "start" : "starts"
    } and ${minutes} minutes${tokens}${money}`;
}
