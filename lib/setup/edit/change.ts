import type { EditProblem } from "./edit_problem.ts";

/** A format that there is an editor for. */
export type EditFormat = "yaml" | "toml" | "jsonc" | "json";

/** What can be set: text, numbers, true or false, and lists and mappings of these. */
export type EditValue =
  | string
  | number
  | boolean
  | readonly EditValue[]
  | { readonly [key: string]: EditValue };

/**
 * One change of a document. A key path leads through mappings only: `["mcp_servers", "ouroboros"]`.
 *
 * - `set`: missing or null mappings above it are made; of a mapping that is there already, the
 *   members named are set and the others stay. With `instead` a mapping may take the place of a
 *   single value, and the other way round; without, that is a problem.
 * - `remove`: whatever is there goes, and up to `emptyParents` mappings above that it leaves empty.
 * - `add_item`: to the end of a list (made when missing), unless an equal item is in it.
 * - `remove_item`: every equal item goes.
 */
export type Change =
  | { op: "set"; path: readonly string[]; value: EditValue; instead?: boolean }
  | { op: "remove"; path: readonly string[]; emptyParents?: number }
  | { op: "add_item"; path: readonly string[]; item: EditValue }
  | { op: "remove_item"; path: readonly string[]; item: EditValue };

/**
 * How one step is taken back; plain data, made to be kept in a receipt. The text is put back byte
 * for byte where it still stands as it was written; else the meaning is undone.
 */
export interface UndoStep {
  /** What was done: a key that was not there (or null), another value, a key or an item less. */
  did: "insert" | "replace" | "remove" | "add_item" | "remove_item";
  path: readonly string[];
  /** `insert`: mappings above that were made for it. */
  made: number;
  /** `insert`: the topmost key that was made stood there with no value. */
  wasNull: boolean;
  /** What was set, or the item. */
  value?: EditValue;
  /** `replace`, `remove`: what stood there; left out when it has no such form (a date). */
  former?: EditValue;
  /** Offset in the text after the step, in UTF-16 units, a byte order mark not counted. */
  at: number;
  /** The same place counted from the end of the text: it holds when something above was changed. */
  fromEnd: number;
  added: string;
  removed: string;
}

/** A piece of text that is put in place of another; offsets in UTF-16 units. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/** What an editor gives: the new text and how to take it back, or a problem and no change. */
export type EditResult =
  | { ok: true; text: string; changed: boolean; undo: readonly UndoStep[] }
  | { ok: false; problem: EditProblem };
