import type { EndReason, LimitName } from "../kernel/outcome.ts";

/** A reason with what belongs to it. */
export interface EndCause {
  reason: EndReason;
  limit?: LimitName;
  /** What is known beyond the reason, for people. */
  detail?: string;
}

/** Why a child ends: the first that says so wins, and everybody else is told. */
export class Ending {
  #cause: EndCause | undefined;
  #tell!: () => void;
  #closed = false;

  /** Resolves when a reason was given. */
  readonly asked: Promise<void> = new Promise((resolve) => this.#tell = resolve);

  /** The reason that won. */
  get cause(): EndCause | undefined {
    return this.#cause;
  }

  /** Gives a reason; without effect when there is one, or after {@link close}. */
  give(reason: EndReason, more: Omit<EndCause, "reason"> = {}): void {
    // Too much output may show after the exit, while the pipes are emptied.
    if (this.#closed && more.limit !== "output") return;
    if (this.#cause !== undefined) return;
    this.#cause = { reason, ...more };
    this.#tell();
  }

  /** The child has ended by itself: a stop comes too late from now on. */
  close(): void {
    this.#closed = true;
  }

  /** The cause in the end: the one that won, or else what the child's own exit says. */
  conclude(natural: EndReason): EndCause {
    return this.#cause ??= { reason: natural };
  }
}
