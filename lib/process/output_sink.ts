import { messageOf } from "../kernel/error.ts";
import { LineDecoder } from "./line_decoder.ts";
import type { Spool, StreamName } from "./spool.ts";

/** Where the accepted bytes of a child go. */
export interface OutputSink {
  /** Never throws. */
  take(stream: StreamName, chunk: Uint8Array): void;
  /** Called once, after the last bytes. */
  end(): void;
  readonly strayBytes: number;
  readonly cutLines: number;
}

/** Decodes into lines, and spools first where there is a spool. */
export class LineSink implements OutputSink {
  readonly #decoders: Record<StreamName, LineDecoder>;
  readonly #spool: Spool | undefined;
  readonly #onError: (message: string) => void;

  constructor(
    options: {
      lineBytes: number;
      onLine: (stream: StreamName, line: string) => void;
      /** Somebody's `onLine` threw. */
      onError: (message: string) => void;
      spool?: Spool;
    },
  ) {
    const decoder = (stream: StreamName) =>
      new LineDecoder({
        lineBytes: options.lineBytes,
        onLine: (line) => options.onLine(stream, line),
      });
    this.#decoders = { stdout: decoder("stdout"), stderr: decoder("stderr") };
    this.#spool = options.spool;
    this.#onError = options.onError;
  }

  get strayBytes(): number {
    return this.#decoders.stdout.strayBytes + this.#decoders.stderr.strayBytes;
  }

  get cutLines(): number {
    return this.#decoders.stdout.cutLines + this.#decoders.stderr.cutLines;
  }

  take(stream: StreamName, chunk: Uint8Array): void {
    // Nothing is told to anybody before it is written down.
    this.#spool?.write(stream, chunk);
    this.#guarded(() => this.#decoders[stream].push(chunk));
  }

  end(): void {
    this.#guarded(() => this.#decoders.stdout.end());
    this.#guarded(() => this.#decoders.stderr.end());
  }

  #guarded(decode: () => void): void {
    try {
      decode();
    } catch (thrown) {
      this.#onError(messageOf(thrown));
    }
  }
}

/** Keeps everything as it came. */
export class RawSink implements OutputSink {
  readonly strayBytes = 0;
  readonly cutLines = 0;
  readonly #chunks: Record<StreamName, Uint8Array[]> = { stdout: [], stderr: [] };

  take(stream: StreamName, chunk: Uint8Array): void {
    this.#chunks[stream].push(chunk);
  }

  end(): void {}

  /** All bytes of a stream. */
  bytes(stream: StreamName): Uint8Array {
    const chunks = this.#chunks[stream];
    if (chunks.length === 1) return chunks[0]!;
    const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }
}
