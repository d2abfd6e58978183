import { addUsage } from "../../kernel/outcome.ts";
import type { RunEvent, RunLimits, StoredLimits } from "./events.ts";
import { pauseSeconds } from "./pause.ts";
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
    limits: limitsOf(event.data.limits),
    admitted: false,
    toolchains: null,
    confirmed: false,
    anyway: event.data.anyway,
    worker: null,
    children: [],
    head: event.data.base.commit,
    headTree: event.data.base.tree,
    sound: { head: event.data.base.commit, tree: event.data.base.tree },
    together: [],
    pause: null,
    waitedSeconds: 0,
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
      state.toolchains = event.data.toolchains ?? null;
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
      state.children = [];
      state.pause = null;
      state.waitedSeconds = 0;
      state.interrupted = null;
      if (event.data.limits) state.limits = limitsOf(event.data.limits);
      return;
    case "attempt.started":
      if (state.pause && Date.parse(event.at) >= state.pause.untilMs) state.pause = null;
      criterionOf(state, event.data.criterion)?.attempts.push(
        newAttempt(event, state.worker?.epoch ?? 0),
      );
      return;
    case "child.started":
      state.children.push(event.data);
      return;
    case "attempt.ended": {
      const attempt = attemptOf(state, event.data);
      state.children = state.children.filter((one) => !sameAttempt(one, event.data));
      state.usage = addUsage(state.usage, event.data.usage);
      if (!attempt) return;
      attempt.outcome = event.data.outcome;
      attempt.sessionId = event.data.outcome.sessionId ?? null;
      attempt.usage = event.data.usage;
      attempt.why = event.data.why;
      attempt.durationMs = event.data.durationMs;
      attempt.endedAt = event.at;
      pause(state, event);
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
        toolchains: event.data.toolchains ?? [],
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
    case "branch.rechecked": {
      const { regressions, undecided } = event.data;
      const members = [...event.data.with ?? [], event.data];
      if (regressions.length > 0 && members.length > 1) {
        // Who of them is to blame is not known yet.
        state.together = members.map(({ criterion, attempt }) => ({ criterion, attempt }));
        return;
      }
      for (const member of members) set(attemptOf(state, member), { regressions });
      // With a regression the branch goes back to where the look before this one was right.
      if (regressions.length > 0) return;
      state.undecided = undecided ?? [];
      state.sound = { head: state.head, tree: state.headTree };
      return;
    }
    case "batch.reverted":
      for (const member of event.data.members) {
        set(attemptOf(state, member), { integrated: null, alone: true });
      }
      state.together = [];
      moveHead(state, event.data);
      return;
    case "attempt.reverted":
      set(attemptOf(state, event.data), { reverted: true });
      moveHead(state, event.data);
      return;
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
    case "run.reopened":
      state.ended = null;
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
    toolchains: [],
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
    alone: false,
  };
}

/** Limits that earlier versions did not know, as they were then. */
function limitsOf(stored: StoredLimits): RunLimits {
  return { maxUsd: null, jobs: 1, waitMinutes: 60, ...stored };
}

/** The branch goes back to where nothing was broken. */
function moveHead(state: RunState, to: { head: string; tree: string }): void {
  state.head = to.head;
  state.headTree = to.tree;
  state.sound = { head: to.head, tree: to.tree };
}

function pause(state: RunState, event: RunEvent & { type: "attempt.ended" }): void {
  const { outcome } = event.data;
  const seconds = pauseSeconds(outcome);
  if (seconds === undefined) return;
  const nowMs = Date.parse(event.at);
  const before = Math.max(state.pause?.untilMs ?? 0, nowMs);
  const untilMs = Math.max(before, nowMs + seconds * 1000);
  // Copies that meet the same limit wait for it together.
  state.waitedSeconds += (untilMs - before) / 1000;
  state.pause = { untilMs, seconds, reason: outcome.message ?? event.data.why };
}

type AttemptRef = { criterion: string; attempt: number };

function sameAttempt(a: AttemptRef, b: AttemptRef): boolean {
  return a.criterion === b.criterion && a.attempt === b.attempt;
}

function criterionOf(state: RunState, id: string): CriterionState | undefined {
  return state.criteria.find((criterion) => criterion.id === id);
}

function attemptOf(
  state: RunState,
  at: AttemptRef,
): AttemptState | undefined {
  return criterionOf(state, at.criterion)?.attempts.find((one) => one.number === at.attempt);
}

function set(attempt: AttemptState | undefined, part: Partial<AttemptState>): void {
  if (attempt) Object.assign(attempt, part);
}
