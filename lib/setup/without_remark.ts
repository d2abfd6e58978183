import type { EditFormat } from "./edit/change.ts";
import { fingerprint } from "./edit/plain.ts";
import { readDocument } from "./edit/read_document.ts";

/**
 * A text without the comment that an earlier installer put right above what it wrote: from the line
 * `remark` to the last line of comment below it, and blank lines behind. As it is where it has no
 * such line, or where it would say something else without.
 */
export function withoutRemark(format: EditFormat, text: string, remark: string): string {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.trim() === remark);
  if (start === -1) return text;
  let end = start;
  while (lines[end]?.startsWith("#")) end++;
  while (end < lines.length - 1 && lines[end]!.trim() === "") end++;
  const without = lines.toSpliced(start, end - start).join("\n");
  return meaning(format, without) === meaning(format, text) ? without : text;
}

function meaning(format: EditFormat, text: string): string | undefined {
  const read = readDocument(format, text.replace(/^\ufeff/, ""));
  return read.ok ? fingerprint(read.reading.value) : undefined;
}
