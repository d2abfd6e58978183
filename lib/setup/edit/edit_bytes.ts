import type { Change, EditFormat, UndoStep } from "./change.ts";
import { decodeText } from "./decode_text.ts";
import { edit } from "./edit.ts";
import type { EditProblem } from "./edit_problem.ts";
import { undoEdit, type UndoOptions } from "./undo_edit.ts";

/** A file's new bytes and how to take the edit back, or a problem and no change. */
export type BytesResult =
  | { ok: true; bytes: Uint8Array; changed: boolean; undo: readonly UndoStep[] }
  | { ok: false; problem: EditProblem };

/** {@link edit} on a file's bytes; null is a file that is not there yet. */
export function editBytes(
  format: EditFormat,
  bytes: Uint8Array | null,
  changes: readonly Change[],
): BytesResult {
  return onText(bytes ?? new Uint8Array(), (text) => edit(format, text, changes));
}

/** {@link undoEdit} on a file's bytes. */
export function undoBytes(
  format: EditFormat,
  bytes: Uint8Array,
  undo: readonly UndoStep[],
  options: UndoOptions = {},
): BytesResult {
  return onText(bytes, (text) => undoEdit(format, text, undo, options));
}

function onText(bytes: Uint8Array, work: (text: string) => ReturnType<typeof edit>): BytesResult {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const result = work(decoded.text);
  if (!result.ok) return result;
  const { text, changed, undo } = result;
  return { ok: true, bytes: changed ? new TextEncoder().encode(text) : bytes, changed, undo };
}
