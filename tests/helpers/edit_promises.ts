import { assert, assertEquals } from "@std/assert";
import type { Change, EditFormat } from "../../lib/setup/edit/change.ts";
import { edit } from "../../lib/setup/edit/edit.ts";
import { undoEdit } from "../../lib/setup/edit/undo_edit.ts";

/** What a test says about one edit besides the promises that hold for all. */
export interface PromiseOptions {
  /** The text before and after through a parser that the editors do not use, and the same value. */
  meaning?: (before: string, after: string) => void;
  /** A change of somebody else's to the file, anywhere but in our entry; null where none is tried. */
  neighbour?: (text: string) => string;
}

/**
 * The promises of every edit that is made: it is made once, a second one changes nothing, every
 * remark of the file is still there, undo gives the file back to the byte, and gives it back with
 * somebody else's later change in it. Gives the edited text.
 */
export function keepsPromises(
  format: EditFormat,
  text: string,
  changes: readonly Change[],
  options: PromiseOptions = {},
): string {
  const result = edit(format, text, changes);
  assert(result.ok, `${JSON.stringify(text)}: ${JSON.stringify(result)}`);
  assert(result.changed, JSON.stringify(text));
  const again = edit(format, result.text, changes);
  assert(again.ok);
  assertEquals([again.text, again.changed, again.undo], [result.text, false, []]);
  for (const remark of remarks(text)) {
    assertEquals(remarks(result.text).filter((one) => one === remark).length, 1, remark);
  }
  options.meaning?.(text, result.text);
  const undone = undoEdit(format, result.text, result.undo);
  assert(undone.ok, JSON.stringify([text, result.text, undone]));
  assertEquals(undone.text, text);
  if (options.neighbour) {
    const expected = options.neighbour(text);
    const back = undoEdit(format, options.neighbour(result.text), result.undo);
    assert(back.ok, JSON.stringify([text, result.text, back]));
    assertEquals(back.text, expected);
  }
  return result.text;
}

/** A remark and the line up to it keep together, or at least the remark's own words survive. */
function remarks(text: string): string[] {
  return text.match(/\bremark\d+\b/g) ?? [];
}
