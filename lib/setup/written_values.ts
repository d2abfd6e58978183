import type { UndoStep } from "./edit/change.ts";
import {
  fingerprint,
  isPlainList,
  type Plain,
  plainOf,
  valueAt,
  withoutValue,
  withValue,
} from "./edit/plain.ts";

/**
 * What steps have put into a document, as a document of its own: what of a file is ours, whatever
 * else stands in it by now.
 */
export function writtenValues(steps: readonly UndoStep[]): Plain | undefined {
  return steps.reduce<Plain | undefined>(withStep, undefined);
}

function withStep(written: Plain | undefined, step: UndoStep): Plain | undefined {
  const { path, value } = step;
  if (step.did === "remove") return withoutValue(written, path);
  if (value === undefined) return written;
  const item = plainOf(value);
  if (step.did === "insert" || step.did === "replace") return withValue(written, path, item);
  const there = valueAt(written, path);
  const others = (isPlainList(there) ? there : [])
    .filter((one) => fingerprint(one) !== fingerprint(item));
  return withValue(written, path, step.did === "add_item" ? [...others, item] : others);
}
