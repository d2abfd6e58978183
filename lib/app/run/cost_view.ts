import { triesUsed } from "../../engine/run/attempt_kind.ts";
import type { RunLimits } from "../../engine/run/events.ts";
import type { AttemptState, RunState } from "../../engine/run/state.ts";
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
  const criteria = seed.criteria.length;
  return {
    goal: seed.goal,
    project: draft.project,
    agent: agentText(runtime.definition.title, runtime.found.version),
    model: draft.model,
    permission: permission.effective,
    confinement: permission.confinement,
    criteria,
    mostStarts: criteria * startsLeft([], limits),
    ...ceilings(limits),
  };
}

/** What the rest of an interrupted run may cost. */
export function costOfRest(state: RunState, limits: RunLimits): CostView {
  const { seed, project, runtime, model, permission } = state.created;
  const open = state.criteria.filter((one) => one.settled === null);
  return {
    goal: seed.goal,
    project,
    agent: agentText(runtime.title, runtime.version),
    model,
    permission: permission.effective,
    confinement: permission.confinement,
    criteria: open.length,
    mostStarts: open.reduce((sum, one) => sum + startsLeft(one.attempts, limits), 0),
    ...ceilings(limits),
  };
}

/** A first conflict is no try, and there is none without others at work. */
function startsLeft(attempts: readonly AttemptState[], limits: RunLimits): number {
  const conflict = limits.jobs > 1 && attempts.every((one) => one.conflict === null) ? 1 : 0;
  return Math.max(1, limits.attempts - triesUsed(attempts)) + conflict;
}

function agentText(title: string, version: string | null): string {
  return version === null ? title : `${title} ${version}`;
}

function ceilings({ minutes, maxTokens, maxUsd }: RunLimits) {
  return { minutes, maxTokens, maxUsd };
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
