import type { EditFormat, EditResult, Splice, UndoStep } from "./change.ts";
import { type Draft, type DraftResult, placeIn, takeStep } from "./draft.ts";
import { makeChange, onDraft } from "./edit.ts";
import {
  fingerprint,
  isPlainList,
  isPlainMap,
  type Plain,
  plainOf,
  valueAt,
  withoutValue,
  withValue,
} from "./plain.ts";

/** How undoing goes about what was changed since. */
export interface UndoOptions {
  /** Takes out what we set even when somebody changed it since; without, that is a problem. */
  force?: boolean;
}

/** Places in a text at which a step's own text is looked for. */
const PLACES = 20;

/**
 * Takes steps back, the last one first, all or none. Where the text of a step still stands as it
 * was written, the former text is put back byte for byte, whatever was changed around it; where
 * the host has written its file anew, its meaning is taken back. What is gone already is passed
 * over. What we set and somebody changed since is the problem `changed`.
 */
export function undoEdit(
  format: EditFormat,
  text: string,
  steps: readonly UndoStep[],
  options: UndoOptions = {},
): EditResult {
  return onDraft(format, text, (draft) => {
    let result: DraftResult = { ok: true, draft };
    for (const step of steps.toReversed()) {
      if (!result.ok) break;
      result = undoStep(result.draft, step, options.force ?? false);
    }
    return result;
  });
}

function undoStep(draft: Draft, step: UndoStep, force: boolean): DraftResult {
  const state = stateOf(draft, step);
  if (state === "gone") return { ok: true, draft };
  if (state === "changed" && !force) return changedProblem(draft, step);
  if (state === "ours") {
    const back = takeStep(draft, textWays(draft.text, step), inverse(step), after(draft, step));
    if (back.ok) return back;
  }
  return undoMeaning(draft, step);
}

/** Whether what a step did still stands, is gone, or is something else by now. */
function stateOf(draft: Draft, step: UndoStep): "ours" | "gone" | "changed" {
  const there = valueAt(draft.reading.value, step.path);
  switch (step.did) {
    case "insert":
    case "replace": {
      if (there === undefined || there === null) return "gone";
      if (step.did === "replace" && isBuiltUpon(there, step.value)) return "gone";
      return same(withoutEmpty(there, step.value), step.value) ? "ours" : "changed";
    }
    case "remove":
      return there === undefined ? "ours" : "gone";
    case "add_item":
      return isPlainList(there) && there.some((item) => same(item, step.value)) ? "ours" : "gone";
    case "remove_item":
      return isPlainList(there) && !there.some((item) => same(item, step.value)) ? "ours" : "gone";
  }
}

/**
 * Whether a mapping that took a single value's place has got members of somebody's: it says for
 * them what that value said, and those need a mapping to stand in.
 */
function isBuiltUpon(there: Plain, ours: UndoStep["value"]): boolean {
  const was = ours === undefined ? undefined : plainOf(ours);
  return isPlainMap(was) && isPlainMap(there) && there.size > was.size &&
    [...was].every(([key, value]) => fingerprint(there.get(key)) === fingerprint(value));
}

/**
 * An entry without the empty mappings that ours has not: hosts write those into it, as for an
 * environment, and they say nothing.
 */
function withoutEmpty(there: Plain, ours: UndoStep["value"]): Plain {
  const was = ours === undefined ? undefined : plainOf(ours);
  if (!isPlainMap(there) || !isPlainMap(was)) return there;
  return new Map(
    [...there].filter(([key, value]) => was.has(key) || !isPlainMap(value) || value.size > 0),
  );
}

function same(value: Plain, ours: UndoStep["value"]): boolean {
  return ours !== undefined && fingerprint(value) === fingerprint(plainOf(ours));
}

/** The documents of which one must be there after a step was taken back. */
function after(draft: Draft, step: UndoStep): (Plain | undefined)[] {
  const root = draft.reading.value;
  const { path } = step;
  if (step.did === "insert") {
    const top = path.slice(0, path.length - step.made);
    return step.wasNull ? [withValue(root, top, null)] : [withoutValue(root, top)];
  }
  if (step.did === "replace" || step.did === "remove") {
    return step.former === undefined ? [] : [withValue(root, path, plainOf(step.former))];
  }
  const list = valueAt(root, path);
  if (!isPlainList(list) || step.value === undefined) return [];
  if (step.did === "add_item") {
    const index = list.findLastIndex((item) => same(item, step.value));
    return [withValue(root, path, list.toSpliced(index, 1))];
  }
  const item = plainOf(step.value);
  return Array.from(
    { length: list.length + 1 },
    (_, index) => withValue(root, path, list.toSpliced(index, 0, item)),
  );
}

/** The former text in place of the step's: where it was written first, then wherever it stands. */
function textWays(text: string, step: UndoStep): Splice[] {
  const { at, fromEnd, added, removed } = step;
  const places = new Set([at, text.length - fromEnd].filter((one) => text.startsWith(added, one)));
  // A short piece of text stands in many places by chance.
  let from = added.trim() === "" ? -1 : text.indexOf(added);
  for (; from !== -1 && places.size < PLACES; from = text.indexOf(added, from + 1)) {
    places.add(from);
  }
  return [...places].filter((start) => !leavesComment(text, start + added.length, added))
    .map((start) => ({ start, end: start + added.length, text: removed }));
}

/**
 * Whether somebody's comment stands behind lines of ours, on the last of them: without those it would
 * come to stand behind what is above, and seem to be about that.
 */
export function leavesComment(text: string, end: number, added: string): boolean {
  return /\n./.test(added) && !added.endsWith("\n") && /^[ \t]+#/.test(text.slice(end, end + 200));
}

function undoMeaning(draft: Draft, step: UndoStep): DraftResult {
  const { path } = step;
  switch (step.did) {
    case "insert":
      return makeChange(draft, { op: "remove", path, emptyParents: step.made });
    case "replace":
    case "remove":
      if (step.former === undefined) return changedProblem(draft, step);
      return makeChange(draft, { op: "set", path, value: step.former, instead: true });
    case "add_item":
      return makeChange(draft, { op: "remove_item", path, item: step.value! });
    case "remove_item":
      return makeChange(draft, { op: "add_item", path, item: step.value! });
  }
}

function inverse(step: UndoStep): UndoStep {
  return { ...step, at: 0, fromEnd: 0, added: "", removed: "" };
}

function changedProblem(draft: Draft, step: UndoStep): DraftResult {
  return {
    ok: false,
    problem: {
      code: "changed",
      path: step.path,
      found: "something else than was set here",
      expected: "it unchanged",
      ...placeIn(draft, step.path),
      hint: "Remove it by hand, or have it removed as it is now: --force",
    },
  };
}
