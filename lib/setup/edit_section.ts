import type { EditResult, UndoStep } from "./edit/change.ts";
import { decodeText } from "./edit/decode_text.ts";
import { BYTE_ORDER_MARK } from "./edit/read_document.ts";
import type { SetupDraft } from "./setup_draft.ts";

/** A file of instructions whose text was edited. */
export interface EditedSection {
  /** The text before, without its byte order mark. */
  text: string;
  /** Of the file before; null for none. */
  digest: string | null;
  /** All of the file as it will be. */
  bytes: Uint8Array;
  undo: readonly UndoStep[];
}

/**
 * Edits the text of one file of instructions behind its byte order mark; a file that is not there has
 * none. Undefined where nothing is changed, or where it cannot be, which is collected.
 */
export async function editSection(
  draft: SetupDraft,
  path: string,
  edit: (text: string) => EditResult,
): Promise<EditedSection | undefined> {
  const file = await draft.file(path);
  if (file === undefined) return undefined;
  const decoded = decodeText(file.bytes ?? new Uint8Array());
  if (!decoded.ok) {
    draft.problem(path, decoded.problem);
    return undefined;
  }
  const mark = decoded.text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const text = decoded.text.slice(mark.length);
  const result = edit(text);
  if (!result.ok) {
    draft.problem(path, result.problem);
    return undefined;
  }
  if (!result.changed) return undefined;
  const bytes = new TextEncoder().encode(mark + result.text);
  await draft.put(path, bytes);
  return { text, digest: file.before.digest, bytes, undo: result.undo };
}
