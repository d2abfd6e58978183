/** What a stream of the system offers for writing; `Deno.stdout` is one. */
export interface SyncWriter {
  writeSync(bytes: Uint8Array): number;
}

/** How long a full pipe is waited for before its reader counts as gone. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 5;

/**
 * Writes all of `bytes`, however few the system takes at once; waits for a pipe that another program
 * made non-blocking. False when the reader is gone.
 */
export function writeAll(writer: SyncWriter, bytes: Uint8Array): boolean {
  let waitedMs = 0;
  for (let done = 0; done < bytes.length;) {
    try {
      done += writer.writeSync(bytes.subarray(done));
      waitedMs = 0;
    } catch (thrown) {
      if (!(thrown instanceof Deno.errors.WouldBlock)) {
        if (isGone(thrown)) return false;
        throw thrown;
      }
      if (waitedMs >= PATIENCE_MS) return false;
      waitedMs += PAUSE_MS;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
  return true;
}

/** A closed pipe, a hung-up terminal (EIO) or a stream that was never open. */
function isGone(thrown: unknown): boolean {
  return thrown instanceof Deno.errors.BrokenPipe || thrown instanceof Deno.errors.BadResource ||
    thrown instanceof Deno.errors.ConnectionReset ||
    (thrown instanceof Error && /os error (5|9)\b/.test(thrown.message));
}
