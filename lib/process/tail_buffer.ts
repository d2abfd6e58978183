/**
 * Keeps the last bytes of a stream in one buffer of its own: a chunk that is kept would hold the
 * whole read buffer behind it.
 */
export class TailBuffer {
  readonly #limit: number;
  readonly #bytes: Uint8Array;
  #length = 0;
  #dropped = false;

  /** `limitBytes`: how many bytes {@link text} gives at most. */
  constructor(limitBytes: number) {
    this.#limit = limitBytes;
    this.#bytes = new Uint8Array(limitBytes * 2);
  }

  /** Adds bytes, forgetting the oldest. */
  push(chunk: Uint8Array): void {
    if (this.#length + chunk.length > this.#limit) this.#dropped = true;
    const added = chunk.length > this.#limit ? chunk.subarray(chunk.length - this.#limit) : chunk;
    if (this.#length + added.length > this.#bytes.length) {
      const kept = Math.min(this.#length, this.#limit);
      this.#bytes.copyWithin(0, this.#length - kept, this.#length);
      this.#length = kept;
    }
    this.#bytes.set(added, this.#length);
    this.#length += added.length;
  }

  /** The last bytes as text; a character that the beginning cuts is left out. */
  text(): string {
    let from = Math.max(0, this.#length - this.#limit);
    if (this.#dropped) {
      while (from < this.#length && (this.#bytes[from]! & 0xc0) === 0x80) from++;
    }
    return new TextDecoder().decode(this.#bytes.subarray(from, this.#length));
  }
}
