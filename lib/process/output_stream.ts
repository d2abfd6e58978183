import { TailBuffer } from "./tail_buffer.ts";

/** The last part of each stream that an end carries: 16 KiB. */
export const TAIL_BYTES = 16384;

/**
 * Reads one stream of a child to its end, whatever happens to what was read: a pipe that nobody
 * empties stops the child. `take` gets each chunk.
 */
export class OutputStream {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #tail = new TailBuffer(TAIL_BYTES);
  #bytes = 0;
  #lastMs = performance.now();

  /** Resolves at the end of the stream, or when {@link abandon} gave up on it. Never rejects. */
  readonly done: Promise<void>;

  constructor(
    stream: ReadableStream<Uint8Array>,
    take: (chunk: Uint8Array) => void,
  ) {
    this.#reader = stream.getReader();
    this.done = this.#pump(take);
  }

  /** Everything that arrived. */
  get bytes(): number {
    return this.#bytes;
  }

  /** When something arrived last, on the clock of `performance.now()`. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** The last bytes that were handed to {@link keep}, as text. */
  get tail(): string {
    return this.#tail.text();
  }

  /** Adds to the tail. */
  keep(chunk: Uint8Array): void {
    this.#tail.push(chunk);
  }

  /** Stops reading: somebody whom we could not end holds the pipe open. */
  abandon(): void {
    this.#reader.cancel().catch(() => {});
  }

  async #pump(take: (chunk: Uint8Array) => void): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await this.#reader.read();
        if (done) return;
        this.#bytes += value.length;
        this.#lastMs = performance.now();
        take(value);
      }
    } catch {
      // A pipe that breaks is at its end.
    }
  }
}
