import type { Clock } from "../../lib/kernel/clock.ts";
import type { RandomBytes } from "../../lib/kernel/id.ts";

/** The system's time, for tests that work on real files and processes. */
export const realClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** The system's randomness. */
export const realRandom: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));
