import type { EditFormat, Splice, UndoStep } from "./change.ts";
import type { EditProblem } from "./edit_problem.ts";
import { fingerprint, kindOf, type Plain, valueAt } from "./plain.ts";
import { readDocument } from "./read_document.ts";
import type { Reading, Ways } from "./reading.ts";
import { lineColumn } from "./text_lines.ts";

/** A document in the making: its text after the steps so far, read. */
export interface Draft {
  readonly format: EditFormat;
  readonly text: string;
  readonly reading: Reading;
  /** How the steps so far are taken back, in the order in which they were done. */
  readonly undo: readonly UndoStep[];
}

/** The next draft, or the problem that ends the edit. */
export type DraftResult =
  | { ok: true; draft: Draft }
  | { ok: false; problem: EditProblem };

/** What a step did, without the text that it moved. */
export type StepFacts = Omit<UndoStep, "at" | "fromEnd" | "added" | "removed">;

/**
 * Takes the first of several ways after which the document says exactly what it shall: the result
 * is read again by the format's own parser and compared as a whole. With none, nothing is changed
 * and the problem is `layout`.
 */
export function takeStep(
  draft: Draft,
  ways: Ways,
  step: StepFacts,
  expected: readonly (Plain | undefined)[],
): DraftResult {
  const wanted = expected.map(documentPrint);
  for (const splice of ways) {
    const text = spliced(draft.text, splice);
    const read = readDocument(draft.format, text);
    if (!read.ok || !wanted.includes(documentPrint(read.reading.value))) continue;
    const undo: UndoStep = {
      ...step,
      at: splice.start,
      fromEnd: text.length - splice.start,
      added: splice.text,
      removed: draft.text.slice(splice.start, splice.end),
    };
    const { reading } = read;
    return { ok: true, draft: { ...draft, text, reading, undo: [...draft.undo, undo] } };
  }
  return { ok: false, problem: layoutProblem(draft, step.path) };
}

/** A text with one piece put in place of another. */
export function spliced(text: string, { start, end, text: piece }: Splice): string {
  return text.slice(0, start) + piece + text.slice(end);
}

/** An empty document says the same as an empty mapping. */
function documentPrint(value: Plain | undefined): string {
  return value === undefined || value === null ? "{}" : fingerprint(value);
}

/** The problem of something else standing where a mapping, a list or plain text is needed. */
export function shapeProblem(draft: Draft, path: readonly string[], expected: string): EditProblem {
  const found = kindOf(valueAt(draft.reading.value, path));
  return {
    code: "shape",
    path,
    found: path.length === 0 ? `${found} as the whole document` : found,
    expected,
    ...placeIn(draft, path),
    hint: `Make it ${expected}, or remove it, then run the same command again`,
  };
}

/** Line and column of what stands at a path, where the format knows them. */
export function placeIn(
  draft: Draft,
  path: readonly string[],
): { line: number; column: number } | Record<never, never> {
  const at = draft.reading.placeOf(path);
  return at === undefined ? {} : lineColumn(draft.text, at);
}

function layoutProblem(draft: Draft, path: readonly string[]): EditProblem {
  const there = path.findLastIndex((_, index) =>
    valueAt(draft.reading.value, path.slice(0, index + 1)) !== undefined
  );
  return {
    code: "layout",
    path,
    found:
      "a layout in which it cannot be changed alone (an alias, an anchor, a merged mapping, a tag)",
    expected: "plain keys",
    ...placeIn(draft, path.slice(0, there + 1)),
    hint: "Write that part out, or make the change by hand",
  };
}
