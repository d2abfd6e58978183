import type { AttemptState, CriterionState, RunState } from "./state.ts";
import { endedByCircumstances, isTry, triesUsed } from "./attempt_kind.ts";
import { mayJoin, type Unseen, unseen } from "./batch.ts";
import { blockerOf } from "./blocker.ts";
import { afterCircumstances, sessionOf } from "./circumstances.ts";
import { doubtOf } from "./settle_again.ts";
import { foregone } from "./foregone.ts";
import { retryReason } from "./retry_reason.ts";
import type { Step } from "./step.ts";

/** Tries whose only failing checks are hidden: the agent can be told so little that more are wasted. */
const HIDDEN_ONLY_TRIES = 2;

/** What is next for one criterion that is not settled; undefined: others have to be done with first. */
export function stepOf(
  state: RunState,
  criterion: CriterionState,
  batch: readonly Unseen[] = unseen(state),
): Step | undefined {
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
    const step = attemptStep(state, criterion, attempt);
    // Nobody knows yet whether what it conflicted with stays.
    return step.do === "attempt" && attempt.conflict && batch.length > 0 ? undefined : step;
  }
  if (attempt.changed > 0) {
    if (!attempt.integrated) {
      return mayJoin(batch, attempt) ? { do: "integrate", ...at } : undefined;
    }
    if (!attempt.regressions) return recheckOf(batch, at);
    if (attempt.regressions.length > 0) return { do: "revert", ...at };
  }
  const { verdict, reason } = attempt.decision;
  const doubt = verdict === "passed" && attempt.integrated ? doubtOf(state, id) : undefined;
  return {
    do: "settle",
    criterion: id,
    state: doubt === undefined ? verdict : "unverified",
    reason: doubt ?? reason,
  };
}

/** One look covers all that came onto the branch since the last one; the last to come asks for it. */
function recheckOf(
  batch: readonly Unseen[],
  at: { criterion: string; attempt: number },
): Step | undefined {
  const members = batch.map(({ criterion, attempt }) => ({ criterion, attempt }));
  if (members.at(-1)?.criterion !== at.criterion) return undefined;
  return { do: "recheck", ...at, with: members.slice(0, -1) };
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
  const tries = triesUsed(criterion.attempts);
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
  if (
    last && (triesUsed(criterion.attempts) >= state.limits.attempts || hidden >= HIDDEN_ONLY_TRIES)
  ) {
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
    merged: !fresh && last !== null && wantsMerge(last),
    retry: last ? retryReason(last, criterion.id) : null,
    waitSeconds: 0,
  };
}

/** What it broke cannot be seen where it was made: others came onto the branch before it did. */
function wantsMerge(last: AttemptState): boolean {
  return last.reverted && last.integrated !== null && last.integrated.before !== last.base;
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
