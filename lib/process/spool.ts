import { messageOf, OuroborosError } from "../kernel/error.ts";
import { LineDecoder } from "./line_decoder.ts";

/** The two streams of a child. */
export type StreamName = "stdout" | "stderr";

/** What a stream goes through on its way to the disk; it may hold bytes back until more have come. */
export interface SpoolMask {
  push(chunk: Uint8Array): Uint8Array;
  /** What was held back, at the stream's end. */
  end(): Uint8Array;
}

/**
 * Raw output of a child on disk: `<path>.stdout`, `<path>.stderr`, and `<path>.order`, which says how
 * the two followed each other (`stdout 120` = the next 120 bytes came on stdout), so that a second
 * decoding meets the lines in the same order. Files are the owner's alone.
 */
export class Spool {
  readonly #files: Record<StreamName | "order", Deno.FsFile>;
  #run: { stream: StreamName; bytes: number } = { stream: "stdout", bytes: 0 };
  readonly #masks: Record<StreamName, SpoolMask> | undefined;
  #error: string | undefined;

  private constructor(
    files: Record<StreamName | "order", Deno.FsFile>,
    mask: (() => SpoolMask) | undefined,
  ) {
    this.#files = files;
    this.#masks = mask && { stdout: mask(), stderr: mask() };
  }

  /**
   * Opens the three files, emptying what was there; `mask` makes one for each stream. Throws
   * OuroborosError `not_writable`.
   */
  static async open(path: string, mask?: () => SpoolMask): Promise<Spool> {
    const opened: Deno.FsFile[] = [];
    try {
      for (const ending of ["stdout", "stderr", "order"]) {
        const name = `${path}.${ending}`;
        opened.push(
          await Deno.open(name, { write: true, create: true, truncate: true, mode: 0o600 }),
        );
      }
    } catch (cause) {
      for (const file of opened) file.close();
      throw new OuroborosError({
        code: "not_writable",
        message: `Write the output of a child to "${path}": ${messageOf(cause)}`,
        cause,
      });
    }
    return new Spool({ stdout: opened[0]!, stderr: opened[1]!, order: opened[2]! }, mask);
  }

  /** What the system said when a write failed; the spool is incomplete from there on. */
  get error(): string | undefined {
    return this.#error;
  }

  /**
   * Writes a chunk whole. A failure is kept in {@link error} and ends the writing, not the child.
   * In place: a pipe gives 64 KiB at a time, which the system takes in a fraction of the time that
   * a way to another thread and back costs, and the two streams need no queue to keep their order.
   */
  write(stream: StreamName, chunk: Uint8Array): void {
    this.#write(stream, this.#masks?.[stream].push(chunk) ?? chunk);
  }

  #write(stream: StreamName, chunk: Uint8Array): void {
    if (this.#error !== undefined || chunk.length === 0) return;
    try {
      const before = this.#run;
      if (before.stream === stream) {
        before.bytes += chunk.length;
      } else {
        this.#run = { stream, bytes: chunk.length };
        // The order goes first: a longer promise than the bytes is read as what there is.
        this.#files.order.writeSync(orderLine(before));
      }
      writeAll(this.#files[stream], chunk);
    } catch (cause) {
      this.#error = messageOf(cause);
    }
  }

  /** Writes what was held back, and closes the files. */
  close(): void {
    for (const stream of ["stdout", "stderr"] as const) {
      const held = this.#masks?.[stream].end();
      if (held) this.#write(stream, held);
    }
    for (const file of Object.values(this.#files)) file.close();
  }
}

/**
 * Decodes a spool again as the running child's output was decoded: the same lines, cut and replaced
 * in the same places, in the same order. Gives how many bytes each stream has; a stream without a
 * file has none. Throws OuroborosError `unreadable`.
 */
export async function readSpool(
  path: string,
  onLine: (stream: StreamName, line: string) => void,
  options: { lineBytes: number },
): Promise<{ stdoutBytes: number; stderrBytes: number }> {
  const readers = {
    stdout: await SpoolReader.open(`${path}.stdout`, "stdout", { ...options, onLine }),
    stderr: await SpoolReader.open(`${path}.stderr`, "stderr", { ...options, onLine }),
  };
  try {
    let last: StreamName = "stderr";
    for (const run of await readOrder(`${path}.order`)) {
      await readers[run.stream].take(run.bytes);
      last = run.stream;
    }
    // What the order does not tell is the run that was being written: the other stream's, and then,
    // where a crash lost more than that, the rest of both.
    const open: StreamName = last === "stdout" ? "stderr" : "stdout";
    await readers[open].take(Infinity);
    await readers[last].take(Infinity);
    readers.stdout.end();
    readers.stderr.end();
    return { stdoutBytes: readers.stdout.bytes, stderrBytes: readers.stderr.bytes };
  } catch (cause) {
    throw new OuroborosError({
      code: "unreadable",
      message: `Read the output of a child from "${path}": ${messageOf(cause)}`,
      cause,
    });
  } finally {
    readers.stdout.close();
    readers.stderr.close();
  }
}

class SpoolReader {
  bytes = 0;
  readonly #file: Deno.FsFile | undefined;
  readonly #decoder: LineDecoder;
  readonly #buffer = new Uint8Array(65536);

  private constructor(file: Deno.FsFile | undefined, decoder: LineDecoder) {
    this.#file = file;
    this.#decoder = decoder;
  }

  static async open(
    path: string,
    stream: StreamName,
    options: { lineBytes: number; onLine: (stream: StreamName, line: string) => void },
  ): Promise<SpoolReader> {
    const decoder = new LineDecoder({
      lineBytes: options.lineBytes,
      onLine: (line) => options.onLine(stream, line),
    });
    try {
      return new SpoolReader(await Deno.open(path, { read: true }), decoder);
    } catch (cause) {
      if (cause instanceof Deno.errors.NotFound) return new SpoolReader(undefined, decoder);
      throw new OuroborosError({
        code: "unreadable",
        message: `Read the output of a child from "${path}": ${messageOf(cause)}`,
        cause,
      });
    }
  }

  async take(count: number): Promise<void> {
    let left = count;
    while (left > 0 && this.#file !== undefined) {
      const read = await this.#file.read(
        this.#buffer.subarray(0, Math.min(left, this.#buffer.length)),
      );
      if (read === null) return;
      this.#decoder.push(this.#buffer.subarray(0, read));
      this.bytes += read;
      left -= read;
    }
  }

  end(): void {
    this.#decoder.end();
  }

  close(): void {
    this.#file?.close();
  }
}

function orderLine(run: { stream: StreamName; bytes: number }): Uint8Array {
  return new TextEncoder().encode(`${run.stream} ${run.bytes}\n`);
}

async function readOrder(path: string): Promise<{ stream: StreamName; bytes: number }[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    throw cause;
  }
  return [...text.matchAll(/^(stdout|stderr) ([0-9]+)\n/gm)]
    .map((match) => ({ stream: match[1] as StreamName, bytes: Number(match[2]) }));
}

function writeAll(file: Deno.FsFile, chunk: Uint8Array): void {
  for (let done = 0; done < chunk.length;) done += file.writeSync(chunk.subarray(done));
}
