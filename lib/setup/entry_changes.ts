import type { Change, EditValue } from "./edit/change.ts";
import {
  fingerprint,
  isPlainList,
  isPlainMap,
  type Plain,
  plainOf,
  valueAt,
} from "./edit/plain.ts";

/** An entry that is to be brought up to date. */
export interface EntryUpdate {
  /** Where it stands. */
  path: readonly string[];
  /** What it shall be. */
  wanted: EditValue;
  /** What it is. */
  there: Plain;
  /** What of it was written by us, or by a former installer: the rest is the user's. */
  written: Plain | undefined;
  /** Members that say what is started: always ours. */
  launching: ReadonlySet<string>;
  /** Paths that other parts of a plan set; left alone here. */
  others: readonly (readonly string[])[];
}

/**
 * Changes that bring an entry of ours up to date: what starts us is set; of the rest, what is
 * missing is added, what we wrote is renewed or taken out, and what the user set stays.
 */
export function entryChanges(update: EntryUpdate): Change[] {
  const { path, wanted, there, written, launching, others } = update;
  const stale = leavesOf(written).filter((leaf) =>
    valueAt(plainOf(wanted), leaf) === undefined &&
    same(valueAt(there, leaf), valueAt(written, leaf)) &&
    !others.some((other) =>
      isAbove([...path, ...leaf], other) || isAbove(other, [...path, ...leaf])
    )
  ).map((leaf): Change => ({
    op: "remove",
    path: [...path, ...leaf],
    emptyParents: leaf.length - 1 - depthIn(wanted, leaf),
  }));
  return [...changesAt(path, wanted, { there, written, launching }), ...stale];
}

/** How many keys of a path the wanted entry has too: what is wanted stays, also when it is empty. */
function depthIn(wanted: EditValue, leaf: readonly string[]): number {
  const missing = leaf.findIndex((_, index) =>
    valueAt(plainOf(wanted), leaf.slice(0, index + 1)) === undefined
  );
  return missing === -1 ? leaf.length - 1 : missing;
}

interface Standing {
  there: Plain | undefined;
  written: Plain | undefined;
  launching: ReadonlySet<string>;
}

function changesAt(path: readonly string[], wanted: EditValue, standing: Standing): Change[] {
  const { there, written } = standing;
  if (same(there, plainOf(wanted))) return [];
  if (there === undefined || there === null) return [{ op: "set", path, value: wanted }];
  if (typeof wanted !== "object" || Array.isArray(wanted) || !isPlainMap(there)) {
    return same(there, written)
      ? [{ op: "set", path, value: wanted }]
      : itemChanges(path, wanted, standing);
  }
  return Object.entries(wanted).flatMap(([key, value]) => {
    const member = [...path, key];
    const inner = valueAt(there, [key]);
    // A mapping in the place of text is the editor's to refuse, with the line that it stands in.
    const differs = !same(inner, plainOf(value));
    if (standing.launching.has(key) || isMappingFor(value, inner)) {
      return differs ? [{ op: "set", path: member, value }] : [];
    }
    return changesAt(member, value, {
      there: inner,
      written: valueAt(written, [key]),
      launching: new Set(),
    });
  });
}

/** A mapping is wanted where something else stands. */
function isMappingFor(wanted: EditValue, there: Plain | undefined): boolean {
  return typeof wanted === "object" && !Array.isArray(wanted) &&
    there !== undefined && there !== null && !isPlainMap(there);
}

/** A list that the user wrote in as well: theirs stays, ours is added or taken out. */
function itemChanges(
  path: readonly string[],
  wanted: EditValue,
  { there, written }: Standing,
): Change[] {
  if (!Array.isArray(wanted) || !isPlainList(there)) return [];
  const has = (list: readonly Plain[], item: Plain) => list.some((one) => same(one, item));
  const former = isPlainList(written) ? written : [];
  const list: readonly EditValue[] = wanted;
  return [
    ...list.filter((item) => !has(there, plainOf(item)) && !has(former, plainOf(item)))
      .map((item): Change => ({ op: "add_item", path, item })),
    ...former.filter((item) => has(there, item) && !has(list.map(plainOf), item))
      .flatMap((item): Change[] =>
        typeof item === "string" ? [{ op: "remove_item", path, item }] : []
      ),
  ];
}

function leavesOf(value: Plain | undefined): string[][] {
  if (value === undefined) return [];
  if (!isPlainMap(value) || value.size === 0) return [[]];
  return [...value].flatMap(([key, member]) =>
    leavesOf(member).map((leaf) => [String(key), ...leaf])
  );
}

function same(one: Plain | undefined, other: Plain | undefined): boolean {
  return fingerprint(one) === fingerprint(other);
}

function isAbove(above: readonly string[], path: readonly string[]): boolean {
  return above.length <= path.length && above.every((key, index) => key === path[index]);
}
