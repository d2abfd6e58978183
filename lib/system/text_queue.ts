import type { Clock } from "../kernel/clock.ts";

/** What a stream of the system offers for writing; `Deno.stdout` is one. */
export interface ByteWriter {
  write(bytes: Uint8Array): Promise<number>;
}

/** Takes a text; settles when the system has all of it, and throws when its reader is gone. */
export type WriteText = (text: string) => Promise<void>;

const PAUSE_MS = 5;

/**
 * Writes texts whole and in order without holding up the program: one whose reader has stopped
 * reading still hears that it is to end. Waits for a pipe that another program made non-blocking.
 * Once something could not be written, nothing is any more.
 */
export function textQueue(writer: ByteWriter, clock: Pick<Clock, "sleep">): WriteText {
  const encoder = new TextEncoder();
  let last: Promise<void> = Promise.resolve();
  return (text) => {
    last = last.then(() => writeWhole(writer, encoder.encode(text), clock));
    // Whoever wrote it is told; without one that listens it must not end the program.
    last.catch(() => {});
    return last;
  };
}

async function writeWhole(writer: ByteWriter, bytes: Uint8Array, clock: Pick<Clock, "sleep">) {
  for (let done = 0; done < bytes.length;) {
    try {
      done += await writer.write(bytes.subarray(done));
    } catch (thrown) {
      if (!(thrown instanceof Deno.errors.WouldBlock)) throw thrown;
      await clock.sleep(PAUSE_MS);
    }
  }
}
