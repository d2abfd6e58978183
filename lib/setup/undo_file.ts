import { sha256 } from "../kernel/digest.ts";
import type { EditFormat, UndoStep } from "./edit/change.ts";
import { decodeText } from "./edit/decode_text.ts";
import type { EditProblem } from "./edit/edit_problem.ts";
import { type BlockMarkers, removeBlock } from "./edit/markdown_block.ts";
import { BYTE_ORDER_MARK } from "./edit/read_document.ts";
import { lostComments } from "./lost_comments.ts";
import { saysNothing } from "./says_nothing.ts";
import { type OwnedStep, undoChain } from "./undo_chain.ts";
import { undoMeaning } from "./undo_meaning.ts";

/** A file in which something of ours stands. */
export interface EditedHere {
  format: EditFormat | "markdown";
  markers?: BlockMarkers;
  bytes: Uint8Array;
  /** All recorded steps of all parts; those that go are marked. */
  steps: readonly OwnedStep[];
  /** There was no file before ours. */
  made: boolean;
}

/** What becomes of it, or why nothing can be done with it. */
export type UndoneFile =
  | {
    ok: true;
    /** Null: the file goes. */
    bytes: Uint8Array | null;
    changed: boolean;
    /** What of ours stands there still. */
    left: readonly OwnedStep[];
    /** What stays because somebody changed it. */
    kept: readonly { part: string; problem: EditProblem }[];
  }
  | { ok: false; problem: EditProblem };

/**
 * Takes the marked steps of one file back: to the byte where the text of all steps stands as it was
 * written, else by meaning. A file that we made goes when nothing of a person's is in it.
 */
export function undoFile(file: EditedHere, force: boolean): UndoneFile {
  const decoded = decodeText(file.bytes);
  if (!decoded.ok) return decoded;
  const mark = decoded.text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const text = decoded.text.slice(mark.length);
  const chain = undoChain(file.format, text, file.steps);
  if (chain) return finish(file, { mark, text: chain.text, left: chain.left, kept: [] });
  if (file.format === "markdown") return undoBlock(file, { mark, text, force });
  const back = undoMeaning(file.format, text, file.steps, force);
  if (!back.ok) return back;
  const ours = file.steps.map((one) => one.step.added);
  const [lost] = lostComments(file.format, { before: text, after: back.text, ours });
  if (lost !== undefined && !force) return keepWhole(file, lost);
  return finish(file, { mark, text: back.text, left: back.left, kept: back.changed });
}

/** A person's comment stands within ours: it stays, and ours around it. */
function keepWhole(file: EditedHere, comment: string): UndoneFile {
  const going = file.steps.filter((one) => one.going);
  const problem: EditProblem = {
    code: "comment",
    path: going[0]?.step.path ?? [],
    found: `a comment of yours in ours (${JSON.stringify(comment)})`,
    expected: "it unchanged",
    hint: "Move the comment, or have it removed as well: --force",
  };
  const kept = [...new Set(going.map((one) => one.part))].map((part) => ({ part, problem }));
  return { ok: true, bytes: file.bytes, changed: false, left: file.steps, kept };
}

function finish(
  file: EditedHere,
  { mark, text, left, kept }: {
    mark: string;
    text: string;
    left: readonly OwnedStep[];
    kept: readonly { part: string; problem: EditProblem }[];
  },
): UndoneFile {
  const paths = file.steps.map((one) => one.step.path);
  if (file.made && left.length === 0 && saysNothing(file.format, text, paths)) {
    return { ok: true, bytes: null, changed: true, left, kept };
  }
  const bytes = new TextEncoder().encode(mark + text);
  const changed = sha256(bytes) !== sha256(file.bytes);
  return { ok: true, bytes: changed ? bytes : file.bytes, changed, left, kept };
}

/** A block goes by its markers; one that setup took out and that cannot go back to the byte stays out. */
function undoBlock(
  file: EditedHere,
  { mark, text, force }: { mark: string; text: string; force: boolean },
): UndoneFile {
  const part = file.steps[0]?.part ?? "";
  const left = file.steps.filter((one) => !one.going);
  const undo: UndoStep[] = file.steps.filter((one) => one.going).map((one) => one.step);
  const wrote = undo.some((step) => step.did !== "remove");
  if (!file.markers || !wrote) return finish(file, { mark, text, left, kept: [] });
  const back = removeBlock(text, file.markers, { undo, force });
  if (back.ok) return finish(file, { mark, text: back.text, left, kept: [] });
  if (back.problem.code !== "changed") return back;
  return finish(file, { mark, text, left: file.steps, kept: [{ part, problem: back.problem }] });
}
