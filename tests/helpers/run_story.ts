import type {
  AdmittedCheck,
  PlannedCriterion,
  RunEvent,
  RunEventData,
  RunEventType,
  RunLimits,
  StoredLimits,
} from "../../lib/engine/run/events.ts";
import { foldRun } from "../../lib/engine/run/evolve.ts";
import type { RunState } from "../../lib/engine/run/state.ts";
import type { CheckRun, Decision } from "../../lib/kernel/check_run.ts";
import type { ErrorCode } from "../../lib/kernel/error.ts";
import type { Outcome } from "../../lib/kernel/outcome.ts";
import { checkRun } from "./check_runs.ts";

/** What a made-up plan says of a criterion; the rest is filled in. */
export interface StoryCriterion {
  id: string;
  dependsOn?: string[];
  /** "visible", "hidden" or "human" for each check; default: one that is visible. */
  checks?: ("visible" | "hidden" | "human")[];
  /** What each command said on the base; default `fail`. */
  base?: Parameters<typeof checkRun>[0][];
}

/** How one attempt of {@link Story.attempt} goes. */
export interface StoryAttempt {
  outcome?: Partial<Outcome>;
  /** 0: the tree of the base. */
  changed?: number;
  tree?: string;
  /** One for each check; left out: it is not checked. */
  runs?: (CheckRun | null)[];
  decision?: Decision["verdict"];
  broken?: number[];
  session?: string | null;
  fresh?: boolean;
}

/** A hand-made list of a run's events. */
export class Story {
  readonly events: RunEvent[] = [];
  #attempts = new Map<string, number>();

  constructor(
    criteria: StoryCriterion[],
    options: { limits?: Partial<RunLimits>; anyway?: boolean; stages?: string[][] } = {},
  ) {
    this.add("run.created", {
      runId: "run_1",
      project: "/project",
      seed: { id: "seed", name: "seed.yaml", digest: "d", blob: "b", goal: "A goal" },
      criteria: criteria.map(planned),
      stages: options.stages ?? [criteria.map((one) => one.id)],
      dropped: [],
      runtime: { id: "smith", title: "Smith", version: "1.0.0", program: "/bin/smith" },
      permission: { asked: "edit", effective: "edit", confinement: "none" },
      model: null,
      passEnv: [],
      carry: [],
      recording: null,
      limits: {
        ...{ attempts: 3, minutes: 60, maxTokens: null, maxUsd: null, jobs: 1, waitMinutes: 60 },
        ...options.limits,
      },
      anyway: options.anyway ?? false,
      base: {
        commit: "base",
        tree: "base-tree",
        head: null,
        branch: null,
        ref: null,
        dirty: 0,
        files: 1,
        notices: [],
      },
      version: "1",
    });
    this.worker();
    this.add("run.admitted", { checks: criteria.flatMap(admitted) });
    this.add("run.confirmed", { anyway: options.anyway ?? false, how: "flag" });
  }

  get state(): RunState {
    return foldRun(this.events)!;
  }

  add<T extends RunEventType>(type: T, data: RunEventData[T]): this {
    const version = this.events.length + 1;
    const at = new Date(version * 1000).toISOString();
    const id = `e${version}`;
    const event = { id, position: version, stream: "run:run_1", version, at, schema: 1 };
    this.events.push({ ...event, type, data } as unknown as RunEvent);
    return this;
  }

  /** A (next) worker begins. */
  worker(limits?: StoredLimits): this {
    const epoch = this.events.filter((one) => one.type === "worker.started").length + 1;
    const given = limits ? { limits } : {};
    return this.add("worker.started", { epoch, pid: epoch, startTime: "t", marker: "m", ...given });
  }

  /** An attempt, as far as its parts go: started, ended, recorded, checked. */
  attempt(criterion: string, parts: StoryAttempt = {}): this {
    const at = this.begin(criterion, parts);
    const outcome: Outcome = { reason: "completed", ...parts.outcome };
    this.add("attempt.ended", { ...at, outcome, usage: {}, durationMs: 1, why: "it ended" });
    const changed = parts.changed ?? 1;
    const tree = parts.tree ?? (changed === 0 ? "base-tree" : `tree-${criterion}-${at.attempt}`);
    this.add("attempt.recorded", { ...at, commit: `c-${tree}`, tree, changed, paths: [] });
    if (parts.decision === undefined) return this;
    return this.add("attempt.checked", {
      ...at,
      runs: parts.runs ?? [checkRun(parts.decision === "passed" ? "pass" : "fail", tree)],
      decision: {
        verdict: parts.decision,
        reason: `it is ${parts.decision}`,
        broken: parts.broken ?? [],
      },
      counterexample: parts.decision === "passed" ? "" : "the counterexample",
    });
  }

  /** An attempt begins, and nothing is known of its end. */
  begin(
    criterion: string,
    parts: Pick<StoryAttempt, "session" | "fresh"> = {},
  ): { criterion: string; attempt: number } {
    const attempt = (this.#attempts.get(criterion) ?? 0) + 1;
    this.#attempts.set(criterion, attempt);
    this.add("attempt.started", {
      criterion,
      attempt,
      from: "base",
      base: "base",
      session: parts.session ?? null,
      fresh: parts.fresh ?? false,
      retry: null,
      prompt: "p",
      argv: [],
      spool: "s",
    });
    return { criterion, attempt };
  }

  /** The last attempt comes onto the branch and is looked at there. */
  integrate(
    criterion: string,
    seen: Partial<Pick<RunEventData["branch.rechecked"], "regressions" | "undecided">> = {},
  ): this {
    const at = { criterion, attempt: this.#attempts.get(criterion)! };
    const { head: before } = this.state;
    this.add("attempt.integrated", { ...at, before, head: `h-${criterion}`, tree: "t" });
    return this.add("branch.rechecked", {
      ...at,
      tree: "t",
      regressions: [],
      undecided: [],
      ...seen,
    });
  }

  settle(
    criterion: string,
    state: RunEventData["criterion.settled"]["state"],
    reason = "because",
  ): this {
    return this.add("criterion.settled", { criterion, state, reason, receipt: null });
  }
}

/** An outcome that circumstances made. */
export function circumstance(code: ErrorCode, more: Partial<Outcome> = {}): StoryAttempt {
  return {
    changed: 0,
    outcome: { reason: "failed", code, message: `it is ${code}`, ...more },
  };
}

function planned(criterion: StoryCriterion): PlannedCriterion {
  return {
    id: criterion.id,
    description: `Criterion ${criterion.id}`,
    dependsOn: criterion.dependsOn ?? [],
    checks: (criterion.checks ?? ["visible"]).map((kind, index) => ({
      digest: `d${index}`,
      kind: kind === "human" ? "human" : "command",
      title: `check ${index}`,
      hidden: kind === "hidden",
      preserve: false,
    })),
  };
}

function admitted(criterion: StoryCriterion): AdmittedCheck[] {
  return (criterion.checks ?? ["visible"]).flatMap((kind, index) => {
    if (kind === "human") return [];
    const run = checkRun(criterion.base?.[index] ?? "fail", "base-tree");
    const admission = { pass: "can_only_preserve", fail: "can_decide", cannot_run: "cannot_run" };
    return [{
      criterion: criterion.id,
      index,
      admission: admission[run.verdict] as AdmittedCheck["admission"],
      run,
    }];
  });
}
