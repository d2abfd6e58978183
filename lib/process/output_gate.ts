import type { Ending } from "./ending.ts";
import type { OutputSink } from "./output_sink.ts";
import type { OutputStream } from "./output_stream.ts";
import type { StreamName } from "./spool.ts";
import { bytes } from "./why.ts";

/** How much of stderr still counts when a stop was asked for: a session id, a last error. */
const LATE_STDERR_BYTES = 65536;

/** Decides which bytes of a child count: within its limits, and on stdout not after a stop. */
export class OutputGate {
  readonly #ending: Ending;
  readonly #sink: OutputSink;
  #left: number;
  #leftOnStdout: number;
  #stdoutLimit: number;
  #lateLeft = LATE_STDERR_BYTES;

  constructor(
    limits: { outputBytes: number; stdoutBytes?: number },
    options: { ending: Ending; sink: OutputSink },
  ) {
    this.#left = limits.outputBytes;
    this.#stdoutLimit = limits.stdoutBytes ?? limits.outputBytes;
    this.#leftOnStdout = this.#stdoutLimit;
    this.#ending = options.ending;
    this.#sink = options.sink;
  }

  /** Hands on what counts of `chunk`. */
  take(stream: StreamName, chunk: Uint8Array, from: OutputStream): void {
    const counted = this.#counted(stream, chunk);
    if (counted.length === 0) return;
    from.keep(counted);
    this.#sink.take(stream, counted);
  }

  #counted(stream: StreamName, chunk: Uint8Array): Uint8Array {
    if (this.#ending.cause !== undefined) {
      if (stream === "stdout") return chunk.subarray(0, 0);
      const late = chunk.subarray(0, this.#lateLeft);
      this.#lateLeft -= late.length;
      return late;
    }
    const room = stream === "stdout" ? Math.min(this.#left, this.#leftOnStdout) : this.#left;
    const counted = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#left -= counted.length;
    if (stream === "stdout") this.#leftOnStdout -= counted.length;
    if (counted.length < chunk.length) {
      this.#ending.give("failed", {
        limit: "output",
        ...(this.#left > 0 ? { detail: bytes(this.#stdoutLimit) } : {}),
      });
    }
    return counted;
  }
}
