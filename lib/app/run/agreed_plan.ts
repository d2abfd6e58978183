import { checkDigest } from "../../checks/check_digest.ts";
import type { PlannedCheck, PlannedCriterion, RunEventData } from "../../engine/run/events.ts";
import type { RunState } from "../../engine/run/state.ts";
import { planStages } from "../../engine/seed/plan_stages.ts";
import type { Seed } from "../../engine/seed/seed.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { App } from "../app.ts";

/** What of a seed goes into `run.created`, and so into what people agree to. */
export type AgreedPlan = Pick<RunEventData["run.created"], "criteria" | "stages" | "dropped">;

/** The plan that this version makes of a seed. */
export function planOfSeed(seed: Seed): AgreedPlan {
  return {
    criteria: seed.criteria.map((criterion) => ({
      id: criterion.id,
      description: criterion.description,
      dependsOn: criterion.dependsOn,
      checks: criterion.checks.map((check) => ({
        digest: checkDigest(check),
        kind: check.kind,
        title: check.kind === "human" ? check.human : check.run,
        hidden: check.kind === "command" && check.hidden,
        preserve: check.kind === "command" && check.preserve,
      })),
    })),
    ...planStages(seed.criteria),
  };
}

/** So many differences are named. */
const NAMED = 3;

/**
 * Refuses to go on with a run whose seed gives another plan than the one that was agreed to: what
 * passed would have been decided by something else. Errors: not_allowed, with the difference.
 */
export function refuseOtherPlan(app: Pick<App, "version">, state: RunState, seed: Seed): void {
  const { runId, seed: { digest }, version } = state.created;
  const found = planDifferences(state.created, planOfSeed(seed));
  if (seed.digest !== digest) found.unshift(changed("the seed's digest", digest, seed.digest));
  if (found.length === 0) return;
  const more = found.length > NAMED ? `, and ${found.length - NAMED} more` : "";
  throw new OuroborosError({
    code: "not_allowed",
    message: `Resume run "${runId}": its plan no longer agrees with the journal: ${
      found.slice(0, NAMED).join("; ")
    }${more}`,
    hint: version === app.version
      ? "Start a new run of the seed"
      : `Go on with ouroboros ${version}, which began it, or start a new run of the seed`,
  });
}

/** Where a plan differs from the one in the journal, one line each. */
export function planDifferences(agreed: AgreedPlan, now: AgreedPlan): string[] {
  const found: string[] = [];
  for (const before of agreed.criteria) {
    const after = now.criteria.find((one) => one.id === before.id);
    if (after) found.push(...criterionDifferences(before, after));
    else found.push(`criterion "${before.id}" is no longer there`);
  }
  for (const { id } of now.criteria) {
    if (!agreed.criteria.some((one) => one.id === id)) found.push(`criterion "${id}" is new`);
  }
  const order = (plan: AgreedPlan) => plan.stages.map((ids) => ids.join(", ")).join(" then ");
  const differ = order(agreed) !== order(now);
  return differ ? [...found, changed("the order", order(agreed), order(now))] : found;
}

function criterionDifferences(before: PlannedCriterion, after: PlannedCriterion): string[] {
  const place = `criterion "${before.id}"`;
  const found: string[] = [];
  if (before.description !== after.description) {
    found.push(changed(`${place}, description`, before.description, after.description));
  }
  const [needed, needs] = [before.dependsOn.join(", "), after.dependsOn.join(", ")];
  if (needed !== needs) found.push(changed(`${place}, depends_on`, needed, needs));
  if (before.checks.length !== after.checks.length) {
    found.push(changed(`${place}, checks`, before.checks.length, after.checks.length));
    return found;
  }
  return before.checks.reduce((all, check, index) => {
    const difference = checkDifference(check, after.checks[index]!);
    return difference ? [...all, `${place}, check ${index + 1}, ${difference}`] : all;
  }, found);
}

/** The first thing in which two checks differ; the digest covers what has no name in the plan. */
function checkDifference(before: PlannedCheck, after: PlannedCheck): string | undefined {
  const keys = ["kind", "title", "hidden", "preserve", "digest"] as const;
  const key = keys.find((one) => before[one] !== after[one]);
  return key && changed(key === "title" ? "command" : key, before[key], after[key]);
}

function changed(what: string, before: string | number | boolean, after: typeof before): string {
  return `${what}: "${short(before)}" then, "${short(after)}" now`;
}

function short(value: string | number | boolean): string {
  const text = String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
