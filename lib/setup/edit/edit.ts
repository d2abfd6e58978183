import type { Change, EditFormat, EditResult, EditValue } from "./change.ts";
import { type Draft, type DraftResult, placeIn, shapeProblem, takeStep } from "./draft.ts";
import type { EditProblem } from "./edit_problem.ts";
import {
  editValueOf,
  fingerprint,
  isPlainList,
  isPlainMap,
  type Plain,
  plainOf,
  valueAt,
  withoutValue,
  withValue,
} from "./plain.ts";
import { BYTE_ORDER_MARK, readDocument } from "./read_document.ts";

/**
 * Makes changes in a text, one after the other, all or none. Comments, order, quotes, anchors,
 * newlines, the byte order mark and the end of the text stay; a change that is there already
 * changes nothing. What cannot be done without touching anything else is a problem.
 */
export function edit(format: EditFormat, text: string, changes: readonly Change[]): EditResult {
  return onDraft(format, text, (draft) => {
    let result: DraftResult = { ok: true, draft };
    for (const change of changes) {
      if (!result.ok) break;
      result = makeChange(result.draft, change);
    }
    return result;
  });
}

/** Reads a text, works on it, and gives it back with its byte order mark. */
export function onDraft(
  format: EditFormat,
  text: string,
  work: (draft: Draft) => DraftResult,
): EditResult {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const body = text.slice(mark.length);
  const read = readDocument(format, body);
  if (!read.ok) return read;
  const draft: Draft = { format, text: body, reading: read.reading, undo: [] };
  const problem = rootProblem(draft);
  if (problem) return { ok: false, problem };
  const result = work(draft);
  if (!result.ok) return result;
  const { text: after, undo } = result.draft;
  const changed = after !== body;
  // Steps that cancel each other out leave nothing to take back.
  return { ok: true, text: mark + after, changed, undo: changed ? undo : [] };
}

function rootProblem(draft: Draft): EditProblem | undefined {
  const { value } = draft.reading;
  const fine = value === undefined || value === null || isPlainMap(value);
  return fine ? undefined : shapeProblem(draft, [], "a mapping");
}

/** One change of a draft. */
export function makeChange(draft: Draft, change: Change): DraftResult {
  switch (change.op) {
    case "set":
      return set(draft, change);
    case "remove":
      return remove(draft, change.path, change.emptyParents ?? 0);
    case "add_item":
      return addItem(draft, change.path, change.item);
    case "remove_item":
      return removeItems(draft, change.path, change.item);
  }
}

function set(draft: Draft, change: Change & { op: "set" }): DraftResult {
  const { path, value, instead = false } = change;
  const wrong = parentProblem(draft, path);
  if (wrong) return { ok: false, problem: wrong };
  const there = valueAt(draft.reading.value, path);
  if (there === undefined || there === null) return insert(draft, path, value);
  const members = typeof value === "object" && !Array.isArray(value);
  if (isPlainMap(there) !== members && !instead) {
    return {
      ok: false,
      problem: shapeProblem(draft, path, members ? "a mapping" : "a single value or a list"),
    };
  }
  if (fingerprint(there) === fingerprint(plainOf(value))) return { ok: true, draft };
  if (members && isPlainMap(there)) return setMembers(draft, path, value);
  const former = editValueOf(there);
  // Nothing could be compared with it when the step is taken back.
  if (former === undefined) return { ok: false, problem: shapeProblem(draft, path, SETTABLE) };
  return takeStep(draft, draft.reading.replace(path, value), {
    did: "replace",
    path,
    made: 0,
    wasNull: false,
    value,
    former,
  }, [withValue(draft.reading.value, path, plainOf(value))]);
}

/** What can be set, and set again. */
const SETTABLE = "text, a number, true or false, or a list of these without tags";

function setMembers(draft: Draft, path: readonly string[], members: EditValue): DraftResult {
  let result: DraftResult = { ok: true, draft };
  for (const [key, member] of Object.entries(members)) {
    if (!result.ok) break;
    result = set(result.draft, { op: "set", path: [...path, key], value: member });
  }
  return result;
}

/** A key that is not there, with as many mappings above it as are missing. */
function insert(draft: Draft, path: readonly string[], value: EditValue): DraftResult {
  const root = draft.reading.value;
  const missing = path.findIndex((_, index) =>
    !isPlainMap(valueAt(root, path.slice(0, index + 1)))
  );
  const top = path.slice(0, missing + 1);
  const inner = path.slice(missing + 1)
    .reduceRight<EditValue>((value, key) => ({ [key]: value }), value);
  return takeStep(draft, draft.reading.insert(top, inner), {
    did: "insert",
    path,
    made: path.length - top.length,
    wasNull: valueAt(root, top) === null,
    value,
  }, [withValue(root, path, plainOf(value))]);
}

function remove(draft: Draft, path: readonly string[], emptyParents: number): DraftResult {
  const wrong = parentProblem(draft, path);
  if (wrong) return { ok: false, problem: wrong };
  const root = draft.reading.value;
  const there = valueAt(root, path);
  if (there === undefined) return { ok: true, draft };
  let target = path;
  while (target.length > path.length - emptyParents && target.length > 1) {
    const parent = valueAt(root, target.slice(0, -1));
    if (!isPlainMap(parent) || parent.size > 1) break;
    target = target.slice(0, -1);
  }
  const former = editValueOf(valueAt(root, target)!);
  return takeStep(draft, draft.reading.remove(target), {
    did: "remove",
    path: target,
    made: 0,
    wasNull: false,
    ...(former === undefined ? {} : { former }),
  }, [withoutValue(root, target), ...withoutEmpty(draft, target)]);
}

/** In TOML a table that nothing is left in is no longer there, unless it has a header of its own. */
function withoutEmpty(draft: Draft, path: readonly string[]): (Plain | undefined)[] {
  const root = draft.reading.value;
  const found: (Plain | undefined)[] = [];
  for (let length = path.length - 1; draft.format === "toml" && length > 0; length--) {
    const parent = valueAt(root, path.slice(0, length));
    if (!isPlainMap(parent) || parent.size > 1) break;
    found.push(withoutValue(root, path.slice(0, length)));
  }
  return found;
}

function addItem(draft: Draft, path: readonly string[], item: EditValue): DraftResult {
  const wrong = parentProblem(draft, path);
  if (wrong) return { ok: false, problem: wrong };
  const there = valueAt(draft.reading.value, path);
  if (there === undefined || there === null) return insert(draft, path, [item]);
  if (!isPlainList(there)) return { ok: false, problem: shapeProblem(draft, path, "a list") };
  if (indexOf(there, item) !== -1) return { ok: true, draft };
  return takeStep(draft, draft.reading.addItem(path, item), {
    did: "add_item",
    path,
    made: 0,
    wasNull: false,
    value: item,
  }, [withValue(draft.reading.value, path, [...there, plainOf(item)])]);
}

function removeItems(draft: Draft, path: readonly string[], item: EditValue): DraftResult {
  const wrong = parentProblem(draft, path);
  if (wrong) return { ok: false, problem: wrong };
  const there = valueAt(draft.reading.value, path);
  if (there === undefined || there === null) return { ok: true, draft };
  if (!isPlainList(there)) return { ok: false, problem: shapeProblem(draft, path, "a list") };
  const index = indexOf(there, item);
  if (index === -1) return { ok: true, draft };
  const result = takeStep(draft, draft.reading.removeItem(path, index), {
    did: "remove_item",
    path,
    made: 0,
    wasNull: false,
    value: item,
  }, [withValue(draft.reading.value, path, there.toSpliced(index, 1))]);
  return result.ok ? removeItems(result.draft, path, item) : result;
}

function indexOf(list: readonly Plain[], item: EditValue): number {
  const wanted = fingerprint(plainOf(item));
  return list.findLastIndex((one) => fingerprint(one) === wanted);
}

/** Everything above the last key must be a mapping, or not be there. */
function parentProblem(draft: Draft, path: readonly string[]): EditProblem | undefined {
  for (let length = 1; length < path.length; length++) {
    const parent = path.slice(0, length);
    const value = valueAt(draft.reading.value, parent);
    if (value === undefined || value === null) return undefined;
    if (!isPlainMap(value)) return shapeProblem(draft, parent, "a mapping");
  }
  return undefined;
}

/** What stands at a path: nothing, null, or a value with its line. */
export type Entry =
  | { ok: true; state: "absent" | "null" }
  | { ok: true; state: "present"; value: Plain; line?: number; column?: number }
  | { ok: false; problem: EditProblem };

/** Reads what stands at a path; a parent that is no mapping is a problem, as in {@link edit}. */
export function readEntry(format: EditFormat, text: string, path: readonly string[]): Entry {
  let entry: Entry = { ok: true, state: "absent" };
  const result = onDraft(format, text, (draft) => {
    const problem = parentProblem(draft, path);
    if (problem) return { ok: false, problem };
    const value = valueAt(draft.reading.value, path);
    if (value === null) entry = { ok: true, state: "null" };
    else if (value !== undefined) {
      entry = { ok: true, state: "present", value, ...placeIn(draft, path) };
    }
    return { ok: true, draft };
  });
  return result.ok ? entry : result;
}
