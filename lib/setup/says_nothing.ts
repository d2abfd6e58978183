import type { EditFormat } from "./edit/change.ts";
import { isPlainMap, type Plain } from "./edit/plain.ts";
import { BYTE_ORDER_MARK, readDocument } from "./edit/read_document.ts";

/**
 * Whether a text says nothing that a person would miss: it is blank, or an empty document without a
 * remark. `made`: key paths that we had made, whose mappings may stand in it with nothing in them.
 */
export function saysNothing(
  format: EditFormat | "markdown",
  text: string,
  made: readonly (readonly string[])[] = [],
): boolean {
  const body = text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
  if (body.trim() === "") return true;
  if (format === "markdown") return false;
  if ((format === "json" || format === "jsonc" ? /\/[/*]/ : /#/).test(body)) return false;
  const read = readDocument(format, body);
  return read.ok && isBare(read.reading.value, made);
}

function isBare(value: Plain | undefined, made: readonly (readonly string[])[]): boolean {
  if (value === undefined || value === null) return true;
  return isPlainMap(value) && [...value].every(([key, member]) => {
    const below = made.filter((path) => path[0] === key).map((path) => path.slice(1));
    return below.length > 0 && isBare(member, below);
  });
}
