/** How long one line for people may be, in UTF-16 units, unless a caller says otherwise. */
export const LINE_LENGTH = 200;

/** One line for people: white space folded, cut at `length` with an ellipsis, no half surrogate pair. */
export function clip(text: string, length: number = LINE_LENGTH): string {
  // Most text is one short line already, and this is called for every tool that an agent runs.
  if (text.length <= length && PLAIN_LINE.test(text)) return text;
  // Folding a megabyte to show two hundred characters would cost more than the decoding.
  const line = text.slice(0, length * 4).replace(/\s+/g, " ").trim();
  if (line.length <= length) {
    return text.length > length * 4 ? line.replace(/[\uD800-\uDBFF]$/, "") + "…" : line;
  }
  return line.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "") + "…";
}

/** Nothing is to be folded: ASCII without control characters and without outer or double spaces. */
const PLAIN_LINE = /^(?:[!-~]+(?: [!-~]+)*)?$/;
