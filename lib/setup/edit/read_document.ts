import type { EditFormat } from "./change.ts";
import { EDIT_BYTES, tooLarge } from "./decode_text.ts";
import { readJson } from "./json_reading.ts";
import type { ReadingResult } from "./reading.ts";
import { readToml } from "./toml_reading.ts";
import { readYaml } from "./yaml_reading.ts";

/** The mark that some editors put before UTF-8; it belongs to the file, not to its document. */
export const BYTE_ORDER_MARK = "\ufeff";

/**
 * Reads a text without its byte order mark. Whatever a parser throws is a problem of the document:
 * nesting that exceeds the stack, aliases that expand without end.
 */
export function readDocument(format: EditFormat, text: string): ReadingResult {
  // UTF-16 units are at most as many as the bytes.
  if (text.length > EDIT_BYTES) return { ok: false, problem: tooLarge(text.length) };
  try {
    if (format === "yaml") return readYaml(text);
    if (format === "toml") return readToml(text);
    return readJson(text, { comments: format === "jsonc" });
  } catch (thrown) {
    const [first = ""] = String(thrown instanceof Error ? thrown.message : thrown).split("\n");
    return {
      ok: false,
      problem: {
        code: "syntax",
        path: [],
        found: `what its parser cannot read (${first})`,
        expected: `valid ${format.toUpperCase()}`,
        hint: "Correct the file, then run the same command again",
      },
    };
  }
}
