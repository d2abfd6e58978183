/** Most of what a check printed that is kept for people and for the next attempt. */
export const TAIL_BYTES = 8 * 1024;

/** Keeps the last part of a stream of lines, in bounded memory. */
export class OutputTail {
  readonly #lines: string[] = [];
  #characters = 0;

  add(line: string): void {
    const kept = line.length > TAIL_BYTES ? line.slice(-TAIL_BYTES) : line;
    this.#lines.push(kept);
    this.#characters += kept.length + 1;
    while (this.#lines.length > 1 && this.#characters - this.#lines[0]!.length > TAIL_BYTES) {
      this.#characters -= this.#lines.shift()!.length + 1;
    }
  }

  /** At most {@link TAIL_BYTES} bytes of UTF-8, from the start of a line where one fits. */
  text(): string {
    return lastBytes(this.#lines.join("\n"), TAIL_BYTES);
  }
}

/** The last `max` bytes of a text as UTF-8, cut at a line where possible, else at a character. */
export function lastBytes(text: string, max: number): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= max) return text;
  const cut = new TextDecoder().decode(bytes.subarray(bytes.length - max)).replace(/^\ufffd+/, "");
  const line = cut.indexOf("\n");
  return line >= 0 && line < cut.length - 1 ? cut.slice(line + 1) : cut;
}
