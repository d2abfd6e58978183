import type { Change, EditFormat, UndoStep } from "./edit/change.ts";
import { edit } from "./edit/edit.ts";
import { leavesComment, undoEdit } from "./edit/undo_edit.ts";
import type { RecordedStep } from "./write/install_receipt.ts";

/** A recorded step, whose it is, and whether it is to be taken back. */
export interface OwnedStep {
  /** The part of the receipt that it stands in. */
  part: string;
  step: RecordedStep;
  going: boolean;
}

/** Places in a text at which a step's own text is looked for. */
const PLACES = 20;

/** A text with all of ours taken out, and with what stays of ours put in again. */
export interface Chain {
  /** As if we had never been there. */
  bare: string;
  text: string;
  /** Steps that stay, as they were made anew. */
  left: readonly OwnedStep[];
}

/**
 * Takes back all steps of one file in the order of their making, each by putting the former text in
 * place of its own; then makes those anew that stay. So a file comes to be what it would be had the
 * others never been there, whoever of several goes first. Undefined where a step's text does not
 * stand any more as it was written, or cannot be made again. `text` is without its byte order mark.
 */
export function undoChain(
  format: EditFormat | "markdown",
  text: string,
  steps: readonly OwnedStep[],
): Chain | undefined {
  const ordered = [...steps].sort((a, b) => a.step.order - b.step.order);
  let bare = text;
  for (const { step } of ordered.toReversed()) {
    const back = putBack(format, bare, step);
    if (back === undefined) return undefined;
    bare = back;
  }
  const staying = ordered.filter((one) => !one.going);
  if (format === "markdown") {
    return staying.length === 0 ? { bare, text: bare, left: [] } : undefined;
  }
  const left: OwnedStep[] = [];
  let again = bare;
  for (const one of staying) {
    const made = edit(format, again, [changeOf(one.step)]);
    if (!made.ok) return undefined;
    again = made.text;
    left.push(...made.undo.map((step, index) => ({
      ...one,
      step: { ...step, order: left.length + index },
    })));
  }
  return { bare, text: again, left };
}

/** The text before a step, where nothing but the step's own text has to be taken out for it. */
function putBack(
  format: EditFormat | "markdown",
  text: string,
  step: UndoStep,
): string | undefined {
  const ways = places(text, step).map((start) =>
    text.slice(0, start) + step.removed + text.slice(start + step.added.length)
  );
  // What a block is, only its own text says.
  if (format === "markdown") return ways.length === 1 ? ways[0] : undefined;
  const back = undoEdit(format, text, [step]);
  return back.ok && ways.includes(back.text) ? back.text : undefined;
}

function places(text: string, { at, fromEnd, added }: UndoStep): number[] {
  const found = new Set(
    [at, text.length - fromEnd].filter((one) =>
      one >= 0 && one <= text.length && text.startsWith(added, one)
    ),
  );
  // Nothing, or a blank line, stands everywhere.
  let from = added.trim() === "" ? -1 : text.indexOf(added);
  for (; from !== -1 && found.size < PLACES; from = text.indexOf(added, from + 1)) found.add(from);
  return [...found].filter((one) => !leavesComment(text, one + added.length, added));
}

/** The change that a step was made by. */
function changeOf({ did, path, value }: UndoStep): Change {
  switch (did) {
    case "insert":
      return { op: "set", path, value: value! };
    case "replace":
      return { op: "set", path, value: value!, instead: true };
    case "remove":
      return { op: "remove", path };
    case "add_item":
      return { op: "add_item", path, item: value! };
    case "remove_item":
      return { op: "remove_item", path, item: value! };
  }
}
