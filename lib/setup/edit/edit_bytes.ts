import type { Change, EditFormat, UndoStep } from "./change.ts";
import { decodeText } from "./decode_text.ts";
import { edit } from "./edit.ts";
import type { EditProblem } from "./edit_problem.ts";

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
  const before = bytes ?? new Uint8Array();
  const decoded = decodeText(before);
  if (!decoded.ok) return decoded;
  const result = edit(format, decoded.text, changes);
  if (!result.ok) return result;
  const { text, changed, undo } = result;
  return { ok: true, bytes: changed ? new TextEncoder().encode(text) : before, changed, undo };
}
