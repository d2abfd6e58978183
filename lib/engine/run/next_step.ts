import type { ErrorCode } from "../../kernel/error.ts";
import type { RetryReason, RunResult, SettledState } from "./events.ts";
import { foregone } from "./foregone.ts";
import { endedByCircumstances, isTry } from "./attempt_kind.ts";
import { retryReason } from "./retry_reason.ts";
import { runResult } from "./run_result.ts";
import type { AttemptState, CriterionState, RunState } from "./state.ts";

/** What a worker does next. Every step ends in events, after which the next step is asked for. */
export type Step =
  | { do: "admit" }
  /** Show the plan; nothing is paid for before. */
  | { do: "confirm" }
  | {
    do: "attempt";
    criterion: string;
    number: number;
    /** Session to go on with; null: a new one. */
    session: string | null;
    /** The worktree is put back to the branch's head before. */
    fresh: boolean;
    retry: RetryReason | null;
    /** Seconds to wait before it, as a provider asked for or as backoff. */
    waitSeconds: number;
  }
  /** The worker that made this attempt is gone: finish decoding what it left. */
  | { do: "recover"; criterion: string; attempt: number }
  | { do: "record"; criterion: string; attempt: number }
  | { do: "check"; criterion: string; attempt: number }
  | { do: "integrate"; criterion: string; attempt: number }
  | { do: "recheck"; criterion: string; attempt: number }
  | { do: "revert"; criterion: string; attempt: number }
  | { do: "settle"; criterion: string; state: SettledState; reason: string }
  | { do: "interrupt"; code: ErrorCode; reason: string; hint: string | null }
  | { do: "end"; result: RunResult; reason: string };

/** In a row, on one criterion, by one worker: failures of servers and lines that are tried again. */
const CIRCUMSTANCE_RETRIES = 3;

/** Tries whose only failing checks are hidden: the agent can be told so little that more are wasted. */
const HIDDEN_ONLY_TRIES = 2;

/**
 * The next step of a run, from its state alone: the same state gives the same step, so a worker
 * that died at any point is followed by one that goes on at that point.
 */
export function nextStep(state: RunState): Step {
  if (!state.admitted) return { do: "admit" };
  if (!state.confirmed) return { do: "confirm" };
  const again = settleAgain(state);
  if (again) return again;
  for (const stage of state.created.stages) {
    for (const id of stage) {
      const criterion = state.criteria.find((one) => one.id === id);
      if (!criterion || criterion.settled) continue;
      return stepOf(state, criterion);
    }
  }
  return { do: "end", ...runResult(state.criteria) };
}

/** What had passed and could not be checked on the branch as it is now is in doubt, until it can. */
export function settleAgain(
  state: RunState,
): Extract<Step, { do: "settle" }> | undefined {
  for (const criterion of state.criteria) {
    const settled = criterion.settled?.state;
    const doubt = doubtOf(state, criterion);
    if (settled === "passed" && doubt !== undefined) {
      return { do: "settle", criterion: criterion.id, state: "unverified", reason: doubt };
    }
    const decision = criterion.attempts.at(-1)?.decision;
    if (settled === "unverified" && doubt === undefined && decision?.verdict === "passed") {
      return { do: "settle", criterion: criterion.id, state: "passed", reason: decision.reason };
    }
  }
  return undefined;
}

function doubtOf(state: RunState, criterion: CriterionState): string | undefined {
  return state.undecided.find((one) => one.criterion === criterion.id)?.reason;
}

function stepOf(state: RunState, criterion: CriterionState): Step {
  const { id } = criterion;
  const blocker = blockerOf(state, criterion);
  if (blocker) return { do: "settle", criterion: id, state: "blocked", reason: blocker };
  const skip = state.anyway ? null : foregone(criterion);
  if (skip) return { do: "settle", criterion: id, state: "skipped", reason: skip };

  const attempt = criterion.attempts.at(-1);
  if (!attempt) return attemptStep(state, criterion, null);
  const at = { criterion: id, attempt: attempt.number };
  if (!attempt.outcome) return { do: "recover", ...at };
  if (attempt.tree === null) return { do: "record", ...at };
  const cut = endedByCircumstances(attempt);
  if (cut && attempt.changed === 0) return afterCircumstances(state, criterion, attempt);
  if (!attempt.decision) return { do: "check", ...at };
  if (cut && !isTry(attempt)) return afterCircumstances(state, criterion, attempt);
  if (attempt.reverted || attempt.conflict || worthAnotherTry(state, criterion, attempt)) {
    return attemptStep(state, criterion, attempt);
  }
  if (attempt.changed > 0) {
    if (!attempt.integrated) return { do: "integrate", ...at };
    if (!attempt.regressions) return { do: "recheck", ...at };
    if (attempt.regressions.length > 0) return { do: "revert", ...at };
  }
  const { verdict, reason } = attempt.decision;
  const doubt = verdict === "passed" && attempt.integrated ? doubtOf(state, criterion) : undefined;
  return {
    do: "settle",
    criterion: id,
    state: doubt === undefined ? verdict : "unverified",
    reason: doubt ?? reason,
  };
}

/**
 * Failed work is tried again. Undecided work is, where its agent did not come to its end, or where
 * a check could not run: a second, different tree shows whether the check is broken.
 */
function worthAnotherTry(
  state: RunState,
  criterion: CriterionState,
  last: AttemptState,
): boolean {
  if (last.decision?.verdict === "failed") return true;
  if (last.decision?.verdict !== "unverified") return false;
  const tries = criterion.attempts.filter(isTry).length;
  if (tries >= state.limits.attempts) return false;
  if (last.outcome?.reason !== "completed") return true;
  const couldNot = (last.runs ?? []).some((run) => run?.verdict === "cannot_run");
  return couldNot && last.decision.broken.length === 0 && tries < 2;
}

/** A next try, or the end of a criterion whose tries are used up. */
function attemptStep(
  state: RunState,
  criterion: CriterionState,
  last: AttemptState | null,
): Step {
  const tries = criterion.attempts.filter(isTry);
  const hidden = tries.filter((one) => onlyHiddenFailed(criterion, one)).length;
  if (last && (tries.length >= state.limits.attempts || hidden >= HIDDEN_ONLY_TRIES)) {
    const after = tries.length === 1 ? "after 1 try" : `after ${tries.length} tries`;
    const reason = `${retryReason(last, criterion.id).line} (${after})`;
    return { do: "settle", criterion: criterion.id, state: "failed", reason };
  }
  const fresh = last !== null && wantsFreshStart(criterion, last);
  return {
    do: "attempt",
    criterion: criterion.id,
    number: (last?.number ?? 0) + 1,
    session: last === null || fresh ? null : sessionOf(last),
    fresh,
    retry: last ? retryReason(last, criterion.id) : null,
    waitSeconds: 0,
  };
}

/**
 * The session that goes on; null where that one is of no more use. An agent that was cut off early
 * may not have named it again.
 */
function sessionOf(last: AttemptState): string | null {
  const code = last.outcome?.code;
  if (code === "session_lost" || code === "context_too_long") return null;
  return last.sessionId ?? last.session;
}

function afterCircumstances(
  state: RunState,
  criterion: CriterionState,
  last: AttemptState,
): Step {
  const outcome = last.outcome!;
  const mine = last.workerEpoch === (state.worker?.epoch ?? 0);
  let inARow = 0;
  for (let i = criterion.attempts.length - 1; i >= 0; i--) {
    const attempt = criterion.attempts[i]!;
    if (
      !endedByCircumstances(attempt) || isTry(attempt) || attempt.workerEpoch !== last.workerEpoch
    ) break;
    inARow++;
  }
  // A session that is gone is no reason to wait: the next one is new.
  const lost = outcome.code === "session_lost" && last.session !== null;
  const seconds = mine && !lost ? outcome.retryAfterSeconds ?? backoffSeconds(inARow) : 0;
  const helps = (outcome.retryable === true || lost) && inARow < CIRCUMSTANCE_RETRIES &&
    seconds < state.limits.minutes * 60;
  if (mine && !helps) {
    return {
      do: "interrupt",
      code: outcome.code ?? "agent_failed",
      reason: outcome.message ?? last.why,
      hint: outcome.hint ?? null,
    };
  }
  return {
    do: "attempt",
    criterion: criterion.id,
    number: last.number + 1,
    session: sessionOf(last),
    fresh: false,
    retry: last.decision ? retryReason(last, criterion.id) : last.retry,
    waitSeconds: seconds,
  };
}

/** 2, 8, 32, … seconds: the CLIs retry by themselves first, so we need not be quick. */
function backoffSeconds(failures: number): number {
  return 2 * 4 ** (failures - 1);
}

function onlyHiddenFailed(criterion: CriterionState, attempt: AttemptState): boolean {
  const failed = (attempt.runs ?? [])
    .flatMap((run, index) => run?.verdict === "fail" ? [index] : []);
  return failed.length > 0 && failed.every((index) => criterion.checks[index]?.hidden);
}

/** After two equal failures or a conflict a new session sees more than the old one. */
function wantsFreshStart(criterion: CriterionState, last: AttemptState): boolean {
  if (last.conflict) return true;
  const print = failurePrint(last);
  const before = criterion.attempts.filter((one) => one.decision && isTry(one)).at(-2);
  if (!before || last.fresh || print === "" || !isTry(last)) return false;
  return failurePrint(before) === print;
}

function failurePrint(attempt: AttemptState): string {
  const runs = (attempt.runs ?? []).flatMap((run) =>
    run && run.verdict !== "pass" ? [`${run.checkDigest} ${run.exit} ${run.line}`] : []
  );
  const broken = (attempt.regressions ?? []).map((one) => `${one.criterion} ${one.line}`);
  return [...runs, ...broken].join("\n");
}

/** Why a criterion cannot be worked on yet; null: it can. `open`: criteria that are taken up again. */
export function blockerOf(
  state: RunState,
  criterion: CriterionState,
  open: ReadonlySet<string> = new Set(),
): string | null {
  for (const id of criterion.dependsOn) {
    if (open.has(id)) continue;
    const dependency = state.criteria.find((one) => one.id === id);
    const settled = dependency?.settled;
    if (!dependency || !settled) continue;
    if (settled.state === "passed" || settled.state === "accepted") continue;
    const holds = dependency.admission.length > 0 &&
      dependency.admission.every((one) => one.run.verdict === "pass");
    if (settled.state === "skipped" && holds) continue;
    if (settled.state === "unverified" && state.anyway) continue;
    return `Depends on criterion ${id}, which is ${settled.state}`;
  }
  return null;
}
