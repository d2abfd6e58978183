import type { Acceptance } from "./accept_step.ts";

/** What people wish of a run while it is worked on, oldest first. */
export interface Wishes {
  add(wish: Acceptance): void;
  /** Those that nobody has taken in yet. */
  readonly waiting: readonly Acceptance[];
  /** It was taken in, or answered with a no. */
  done(wish: Acceptance): void;
  /** Resolves at the next wish. */
  arrival(): Promise<void>;
}

/** An empty list of wishes. */
export function createWishes(): Wishes {
  const waiting: Acceptance[] = [];
  let next = Promise.withResolvers<void>();
  return {
    waiting,
    add(wish) {
      waiting.push(wish);
      next.resolve();
      next = Promise.withResolvers<void>();
    },
    done(wish) {
      const index = waiting.indexOf(wish);
      if (index >= 0) waiting.splice(index, 1);
    },
    arrival: () => next.promise,
  };
}
