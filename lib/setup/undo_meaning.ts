import type { EditFormat } from "./edit/change.ts";
import { readEntry } from "./edit/edit.ts";
import type { EditProblem } from "./edit/edit_problem.ts";
import { undoEdit } from "./edit/undo_edit.ts";
import type { OwnedStep } from "./undo_chain.ts";

/** A text without what could be taken back one by one, and what of ours is left. */
export type MeaningResult =
  | {
    ok: true;
    text: string;
    /** Steps that stand still, as they are to be taken back from now on. */
    left: readonly OwnedStep[];
    /** What somebody changed since, and so stays; whose it is. */
    changed: readonly { part: string; problem: EditProblem }[];
  }
  | { ok: false; problem: EditProblem };

/**
 * Takes steps back in a text that others have written in since: each by its text where that stands,
 * else by its meaning. Steps that build on one another go or stay together; those that somebody
 * changed stay, unless `force` is set.
 */
export function undoMeaning(
  format: EditFormat,
  text: string,
  steps: readonly OwnedStep[],
  force: boolean,
): MeaningResult {
  let left = [...steps].sort((a, b) => a.step.order - b.step.order);
  const changed: { part: string; problem: EditProblem }[] = [];
  for (const group of groups(left.filter((one) => one.going))) {
    // As they are by now: one may have been handed what another had made.
    const orders = new Set(group.map((one) => one.step.order));
    const current = left.filter((one) => orders.has(one.step.order));
    const back = undoEdit(format, text, current.map((one) => one.step), { force });
    if (back.ok) {
      text = back.text;
      left = handOver(format, text, left.filter((one) => !orders.has(one.step.order)), current);
    } else if (back.problem.code === "changed") {
      changed.push({ part: group[0]!.part, problem: back.problem });
    } else return back;
  }
  return { ok: true, text, left, changed };
}

/** Steps that build on one another, the group that was made last first. */
function groups(steps: readonly OwnedStep[]): OwnedStep[][] {
  let found: OwnedStep[][] = [];
  for (const step of steps) {
    const related = found.filter((group) => group.some((one) => builds(one, step)));
    found = [...found.filter((group) => !related.includes(group)), [...related.flat(), step]];
  }
  return found.map((group) => group.sort((a, b) => a.step.order - b.step.order)).reverse();
}

function builds(one: OwnedStep, other: OwnedStep): boolean {
  if (one.part !== other.part) return false;
  return isAbove(one.step.path, other.step.path) || isAbove(other.step.path, one.step.path);
}

function isAbove(above: readonly string[], path: readonly string[]): boolean {
  return above.length <= path.length && above.every((key, index) => key === path[index]);
}

/**
 * A mapping that a step had made and that others of our steps stand in is left to one of those:
 * the last one takes it out.
 */
function handOver(
  format: EditFormat,
  text: string,
  left: readonly OwnedStep[],
  undone: readonly OwnedStep[],
): OwnedStep[] {
  let result = [...left];
  for (const { step } of undone) {
    for (let made = step.did === "insert" ? step.made : 0; made > 0; made--) {
      const parent = step.path.slice(0, step.path.length - made);
      const entry = readEntry(format, text, parent);
      if (!entry.ok || entry.state === "absent") continue;
      const heir = result.find((one) =>
        one.step.did === "insert" && one.step.path.length > parent.length &&
        isAbove(parent, one.step.path)
      );
      if (!heir) continue;
      const inherited = Math.max(heir.step.made, heir.step.path.length - parent.length);
      const next = { ...heir, step: { ...heir.step, made: inherited } };
      result = result.map((one) => one === heir ? next : one);
      break;
    }
  }
  return result;
}
