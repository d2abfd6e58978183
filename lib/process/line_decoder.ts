import { Utf8Stream } from "./utf8_stream.ts";

/** Stands at the end of a line that was longer than the limit. */
export const CUT_MARK = "… [line cut]";

/**
 * Splits a byte stream into lines at `\n`, synchronously; a `\r` before the break stays, because
 * one CLI tells decoration from answer by it. A longer line than `lineBytes` (counted in UTF-16
 * units, so never more memory than twice that) is given once, cut and marked; the rest is skipped.
 */
export class LineDecoder {
  readonly #utf8 = new Utf8Stream();
  readonly #max: number;
  readonly #onLine: (line: string) => void;
  #carry = "";
  #skipping = false;
  #cutLines = 0;

  constructor(options: { lineBytes: number; onLine: (line: string) => void }) {
    this.#max = options.lineBytes;
    this.#onLine = options.onLine;
  }

  /** Bytes so far that were not UTF-8. */
  get strayBytes(): number {
    return this.#utf8.strayBytes;
  }

  /** Lines so far that were cut. */
  get cutLines(): number {
    return this.#cutLines;
  }

  /** Takes the next bytes, and gives every line that they complete. */
  push(chunk: Uint8Array): void {
    this.#take(this.#utf8.push(chunk));
  }

  /** Gives what stands behind the last line break, when there is anything. */
  end(): void {
    this.#take(this.#utf8.end());
    if (this.#carry !== "") this.#onLine(this.#carry);
    this.#carry = "";
    this.#skipping = false;
  }

  #take(text: string): void {
    let from = 0;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", from)) {
      this.#finishLine(text.slice(from, at));
      from = at + 1;
    }
    if (from < text.length && !this.#skipping) {
      this.#carry += from === 0 ? text : text.slice(from);
      if (this.#carry.length > this.#max) this.#cut();
    }
  }

  #finishLine(piece: string): void {
    if (this.#skipping) {
      this.#skipping = false;
      return;
    }
    this.#carry = this.#carry === "" ? piece : this.#carry + piece;
    if (this.#carry.length > this.#max) {
      this.#cut();
      this.#skipping = false;
      return;
    }
    const line = this.#carry;
    this.#carry = "";
    this.#onLine(line);
  }

  #cut(): void {
    let kept = this.#carry.slice(0, this.#max);
    if (/[\ud800-\udbff]$/.test(kept)) kept = kept.slice(0, -1);
    this.#carry = "";
    this.#skipping = true;
    this.#cutLines++;
    this.#onLine(kept + CUT_MARK);
  }
}
