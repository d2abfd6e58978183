import type { AttemptAt } from "./step.ts";
import type { AttemptState, RunState } from "./state.ts";

/** An attempt that is on the branch and that the branch was not looked at with yet. */
export type Unseen = AttemptAt & Pick<AttemptState, "alone">;

/** Attempts on the branch that no look has covered yet, in the order in which they came there. */
export function unseen(state: RunState): Unseen[] {
  const found = state.criteria.flatMap((criterion) => {
    const attempt = criterion.attempts.at(-1);
    if (criterion.settled || !attempt?.integrated || attempt.regressions || attempt.reverted) {
      return [];
    }
    return [{ criterion: criterion.id, attempt, before: attempt.integrated.before }];
  });
  const ordered: typeof found = [];
  for (let head = state.sound.head;;) {
    const next = found.find((one) => one.before === head && !ordered.includes(one));
    if (!next) break;
    ordered.push(next);
    head = next.attempt.integrated!.head;
  }
  return ordered.map(({ criterion, attempt }) => ({
    criterion,
    attempt: attempt.number,
    alone: attempt.alone,
  }));
}

/** Whether an attempt may come onto the branch now: one that is to be looked at alone finds it empty. */
export function mayJoin(batch: readonly Unseen[], attempt: Pick<AttemptState, "alone">): boolean {
  return batch.length === 0 || (!attempt.alone && batch.every((one) => !one.alone));
}
