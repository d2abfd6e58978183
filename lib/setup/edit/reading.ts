import type { EditValue, Splice } from "./change.ts";
import type { EditProblem } from "./edit_problem.ts";
import type { Plain } from "./plain.ts";

/** Ways to make one change, best first; whoever asked tries which one changes nothing else. */
export type Ways = readonly Splice[];

/**
 * A document that was read, in one format. It proposes pieces of text and never promises that they
 * do what is wanted: that is found out by reading the result. Paths lead to what is there, except
 * for the last key of `insert`.
 */
export interface Reading {
  /** What it says; undefined for a document that says nothing. */
  readonly value: Plain | undefined;
  /** Offset of a value or its key, for messages. */
  placeOf(path: readonly string[]): number | undefined;
  /** A key that is not there, or that is null, below a mapping (or in an empty document). */
  insert(path: readonly string[], value: EditValue): Ways;
  /** Another text, number, list in place of one. */
  replace(path: readonly string[], value: EditValue): Ways;
  remove(path: readonly string[]): Ways;
  /** At the end of a list that is there. */
  addItem(path: readonly string[], item: EditValue): Ways;
  removeItem(path: readonly string[], index: number): Ways;
}

/** A document, or why it cannot be read. */
export type ReadingResult =
  | { ok: true; reading: Reading }
  | { ok: false; problem: EditProblem };
