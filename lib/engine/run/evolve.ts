import { addUsage } from "../../kernel/outcome.ts";
import type { RunEvent } from "./events.ts";
import type { AttemptState, CriterionState, RunState } from "./state.ts";

/**
 * Folds a run's events. The first event must be `run.created`; types that this version does not
 * know are passed over, so that a newer journal can be read.
 */
export function foldRun(events: Iterable<RunEvent>): RunState | undefined {
  let state: RunState | undefined;
  for (const event of events) {
    if (event.type === "run.created") {
      state = created(event);
      continue;
    }
    if (state) evolve(state, event);
  }
  return state;
}

function created(event: RunEvent & { type: "run.created" }): RunState {
  return {
    created: event.data,
    createdAt: event.at,
    limits: event.data.limits,
    admitted: false,
    confirmed: false,
    anyway: event.data.anyway,
    worker: null,
    child: null,
    head: event.data.base.commit,
    headTree: event.data.base.tree,
    criteria: event.data.criteria.map((criterion) => ({
      ...criterion,
      settled: null,
      accepted: null,
      attempts: [],
      admission: [],
    })),
    undecided: [],
    refused: [],
    usage: {},
    interrupted: null,
    ended: null,
    applied: null,
    discarded: false,
    version: event.version,
    updatedAt: event.at,
  };
}

/** Applies one later event to a state, in place. */
export function evolve(state: RunState, event: RunEvent): void {
  state.version = event.version;
  state.updatedAt = event.at;
  switch (event.type) {
    case "run.admitted":
      state.admitted = true;
      for (const check of event.data.checks) {
        criterionOf(state, check.criterion)?.admission.push(check);
      }
      return;
    case "run.confirmed":
      state.confirmed = true;
      state.anyway = event.data.anyway;
      return;
    case "worker.started":
      state.worker = { ...event.data, at: event.at };
      state.child = null;
      state.interrupted = null;
      if (event.data.limits) state.limits = event.data.limits;
      return;
    case "attempt.started":
      criterionOf(state, event.data.criterion)?.attempts.push(
        newAttempt(event, state.worker?.epoch ?? 0),
      );
      return;
    case "child.started":
      state.child = event.data;
      return;
    case "attempt.ended": {
      const attempt = attemptOf(state, event.data);
      state.child = null;
      state.usage = addUsage(state.usage, event.data.usage);
      if (!attempt) return;
      attempt.outcome = event.data.outcome;
      attempt.sessionId = event.data.outcome.sessionId ?? null;
      attempt.usage = event.data.usage;
      attempt.why = event.data.why;
      attempt.durationMs = event.data.durationMs;
      attempt.endedAt = event.at;
      return;
    }
    case "attempt.recorded":
      set(attemptOf(state, event.data), {
        commit: event.data.commit,
        tree: event.data.tree,
        changed: event.data.changed,
        paths: event.data.paths,
        links: event.data.links ?? [],
        putBack: event.data.putBack ?? null,
        guarded: event.data.guarded ?? [],
      });
      return;
    case "attempt.checked":
      set(attemptOf(state, event.data), {
        runs: event.data.runs,
        controls: event.data.controls ?? null,
        decision: event.data.decision,
        counterexample: event.data.counterexample,
      });
      return;
    case "attempt.integrated": {
      const { before, head, tree } = event.data;
      // A person may accept what a conflict or a regression had sent back.
      const integrated = { before, head, tree };
      set(attemptOf(state, event.data), { integrated, conflict: null, reverted: false });
      state.head = head;
      state.headTree = tree;
      return;
    }
    case "attempt.conflicted":
      set(attemptOf(state, event.data), { conflict: event.data.paths });
      return;
    case "branch.rechecked":
      set(attemptOf(state, event.data), { regressions: event.data.regressions });
      // With a regression the branch goes back to where the look before this one was right.
      if (event.data.regressions.length === 0) state.undecided = event.data.undecided ?? [];
      return;
    case "attempt.reverted": {
      const attempt = attemptOf(state, event.data);
      set(attempt, { reverted: true });
      state.head = event.data.head;
      state.headTree = event.data.tree;
      return;
    }
    case "criterion.settled": {
      const criterion = criterionOf(state, event.data.criterion);
      if (!criterion) return;
      const { state: settled, reason, receipt } = event.data;
      criterion.settled = { state: settled, reason, receipt };
      return;
    }
    case "criterion.accepted": {
      const criterion = criterionOf(state, event.data.criterion);
      if (!criterion) return;
      const { by, reason, receipt, tree } = event.data;
      criterion.accepted = { by, reason, at: event.at, tree: tree ?? null };
      criterion.settled = { state: "accepted", reason, receipt };
      return;
    }
    case "criterion.reopened": {
      const criterion = criterionOf(state, event.data.criterion);
      if (criterion) criterion.settled = null;
      state.ended = null;
      return;
    }
    case "acceptance.refused":
      state.refused.push(event.data);
      return;
    case "run.interrupted":
      state.interrupted = event.data;
      return;
    case "run.ended":
      state.ended = { ...event.data, at: event.at };
      return;
    case "run.applied":
      // Earlier versions wrote one down that had nothing to do, and that no undo can take back.
      if (event.data.undo === "") return;
      state.applied = { mode: event.data.mode, undo: event.data.undo, at: event.at };
      return;
    case "run.undone":
      state.applied = null;
      return;
    case "run.discarded":
      state.discarded = true;
      state.interrupted = null;
      // Without its files nobody can go on with it.
      state.ended ??= { result: "cancelled", reason: "Its files were discarded", at: event.at };
      return;
    case "run.created":
      return;
  }
}

function newAttempt(
  event: RunEvent & { type: "attempt.started" },
  workerEpoch: number,
): AttemptState {
  const { attempt, from, base, session, fresh, retry, spool, argv } = event.data;
  return {
    number: attempt,
    from,
    base,
    session,
    fresh,
    retry,
    spool,
    argv,
    startedAt: event.at,
    workerEpoch,
    sessionId: null,
    outcome: null,
    usage: {},
    why: "",
    endedAt: null,
    durationMs: 0,
    commit: null,
    tree: null,
    changed: 0,
    paths: [],
    links: [],
    putBack: null,
    guarded: [],
    runs: null,
    controls: null,
    decision: null,
    counterexample: "",
    conflict: null,
    integrated: null,
    regressions: null,
    reverted: false,
  };
}

function criterionOf(state: RunState, id: string): CriterionState | undefined {
  return state.criteria.find((criterion) => criterion.id === id);
}

function attemptOf(
  state: RunState,
  at: { criterion: string; attempt: number },
): AttemptState | undefined {
  return criterionOf(state, at.criterion)?.attempts.find((one) => one.number === at.attempt);
}

function set(attempt: AttemptState | undefined, part: Partial<AttemptState>): void {
  if (attempt) Object.assign(attempt, part);
}
