import type { ErrorCode } from "../../kernel/error.ts";
import type { RetryReason, RunResult, SettledState } from "./events.ts";
import { foregone } from "./foregone.ts";
import { blamesCircumstances, isTry } from "./attempt_kind.ts";
import { retryReason } from "./retry_reason.ts";
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

/**
 * The next step of a run, from its state alone: the same state gives the same step, so a worker
 * that died at any point is followed by one that goes on at that point.
 */
export function nextStep(state: RunState): Step {
  if (!state.admitted) return { do: "admit" };
  if (!state.confirmed) return { do: "confirm" };
  for (const stage of state.created.stages) {
    for (const id of stage) {
      const criterion = state.criteria.find((one) => one.id === id);
      if (!criterion || criterion.settled) continue;
      return stepOf(state, criterion);
    }
  }
  return endOf(state);
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
  if (blamesCircumstances(attempt)) return afterCircumstances(state, criterion, attempt);
  if (!attempt.decision) return { do: "check", ...at };
  if (attempt.reverted || attempt.conflict) return attemptStep(state, criterion, attempt);
  if (attempt.decision.verdict === "failed") return attemptStep(state, criterion, attempt);
  if (attempt.decision.verdict === "unverified" && worthAnotherTry(criterion, attempt)) {
    return attemptStep(state, criterion, attempt);
  }
  if (attempt.changed > 0) {
    if (!attempt.integrated) return { do: "integrate", ...at };
    if (!attempt.regressions) return { do: "recheck", ...at };
    if (attempt.regressions.length > 0) return { do: "revert", ...at };
  }
  return {
    do: "settle",
    criterion: id,
    state: attempt.decision.verdict,
    reason: attempt.decision.reason,
  };
}

/** A next try, or the end of a criterion whose tries are used up. */
function attemptStep(
  state: RunState,
  criterion: CriterionState,
  last: AttemptState | null,
): Step {
  const tries = criterion.attempts.filter(isTry).length;
  const allowed = onlyHiddenFailed(criterion, last)
    ? Math.min(2, state.limits.attempts)
    : state.limits.attempts;
  if (last && tries >= allowed) return exhausted(criterion, last, tries);
  const fresh = last !== null && wantsFreshStart(criterion, last);
  return {
    do: "attempt",
    criterion: criterion.id,
    number: (last?.number ?? 0) + 1,
    session: fresh ? null : last?.sessionId ?? null,
    fresh,
    retry: last ? retryReason(last) : null,
    waitSeconds: 0,
  };
}

function exhausted(criterion: CriterionState, last: AttemptState, tries: number): Step {
  const after = tries === 1 ? "after 1 try" : `after ${tries} tries`;
  const failed = last.decision?.verdict !== "unverified";
  return {
    do: "settle",
    criterion: criterion.id,
    state: failed ? "failed" : "unverified",
    reason: `${retryReason(last).line} (${after})`,
  };
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
    if (!blamesCircumstances(attempt) || attempt.workerEpoch !== last.workerEpoch) break;
    inARow++;
  }
  const again = !mine || (outcome.retryable === true && inARow < CIRCUMSTANCE_RETRIES);
  if (!again) {
    return {
      do: "interrupt",
      code: outcome.code ?? "agent_failed",
      reason: outcome.message ?? last.why,
      hint: outcome.hint ?? null,
    };
  }
  const lost = outcome.code === "session_lost";
  return {
    do: "attempt",
    criterion: criterion.id,
    number: last.number + 1,
    session: lost ? null : last.sessionId ?? last.session,
    fresh: false,
    retry: last.retry,
    waitSeconds: mine ? outcome.retryAfterSeconds ?? backoffSeconds(inARow) : 0,
  };
}

/** 2, 8, 32, … seconds: the CLIs retry by themselves first, so we need not be quick. */
function backoffSeconds(failures: number): number {
  return 2 * 4 ** (failures - 1);
}

/** A hidden check's failure can tell an agent little: one retry. */
function onlyHiddenFailed(criterion: CriterionState, last: AttemptState | null): boolean {
  if (!last?.runs) return false;
  const failed = last.runs.flatMap((run, index) => run?.verdict === "fail" ? [index] : []);
  return failed.length > 0 && failed.every((index) => criterion.checks[index]?.hidden);
}

/** After two equal failures, a conflict or a lost session a new session sees more than the old one. */
function wantsFreshStart(criterion: CriterionState, last: AttemptState): boolean {
  if (last.conflict) return true;
  const before = criterion.attempts.filter((one) => one.decision).at(-2);
  if (!before || !last.decision) return false;
  return !last.fresh && failurePrint(before) === failurePrint(last);
}

function failurePrint(attempt: AttemptState): string {
  return (attempt.runs ?? [])
    .map((run) => run && run.verdict !== "pass" ? `${run.checkDigest} ${run.exit} ${run.line}` : "")
    .join("\n");
}

/** A check that could not run is given a second, different tree before it is called broken. */
function worthAnotherTry(criterion: CriterionState, last: AttemptState): boolean {
  const couldNot = (last.runs ?? []).some((run) => run?.verdict === "cannot_run");
  return couldNot && last.decision?.broken.length === 0 &&
    criterion.attempts.filter(isTry).length < 2;
}

function blockerOf(state: RunState, criterion: CriterionState): string | null {
  for (const id of criterion.dependsOn) {
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

function endOf(state: RunState): Step {
  const states = state.criteria.map((one) => one.settled?.state);
  const count = (wanted: SettledState) => states.filter((one) => one === wanted).length;
  const good = count("passed") + count("accepted");
  if (good === states.length) {
    return { do: "end", result: "passed", reason: `${good} of ${states.length} criteria hold` };
  }
  if (count("failed") > 0) {
    return {
      do: "end",
      result: "failed",
      reason: `A check said no: ${count("failed")} of ${states.length} criteria failed`,
    };
  }
  return {
    do: "end",
    result: "unverified",
    reason: `Nothing said no, but ${states.length - good} of ${states.length} are undecided`,
  };
}
