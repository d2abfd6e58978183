import type { Clock } from "../../kernel/clock.ts";
import { BUSY_SLICE_MS } from "./connect.ts";
import { isBusy, storeError } from "./sqlite_error.ts";

/** What waiting for a lock needs. */
export interface TurnOptions {
  /** For messages. */
  path: string;
  clock: Clock;
  /** How long a call waits for another process's lock, in milliseconds. */
  timeoutMs: number;
}

/** Pause between two tries, in milliseconds: the event loop runs meanwhile. */
const PAUSE_MS = 5;

/**
 * Calls `work` again while another process holds the lock, and lets the event loop run in between
 * (SQLite's own wait would hold up every child that we watch). Errors come out as errors of ours.
 */
export async function whileLocked<T>(options: TurnOptions, work: () => T): Promise<T> {
  const tries = Math.ceil(options.timeoutMs / (BUSY_SLICE_MS + PAUSE_MS));
  const startedMs = options.clock.monotonicMs();
  for (let tried = 1;; tried++) {
    try {
      return work();
    } catch (thrown) {
      const waitedMs = options.clock.monotonicMs() - startedMs;
      // Both bounds, so that a clock that stands still ends the loop too.
      const over = waitedMs >= options.timeoutMs || tried > tries;
      if (!isBusy(thrown) || over) throw storeError(thrown, options.path);
      await options.clock.sleep(PAUSE_MS);
    }
  }
}

/**
 * Makes writes wait for one another in the order in which they were asked for: without it, one
 * that waits for a lock could be overtaken by a later one of the same caller.
 */
export function createTurns(options: TurnOptions): <T>(work: () => T) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => T): Promise<T> => {
    const mine = last.then(() => whileLocked(options, work));
    last = mine.catch(() => {});
    return mine;
  };
}
