import type { EndReason, LimitName } from "../kernel/outcome.ts";

/** Why a child ends: the first that says so wins, and everybody else is told. */
export class Ending {
  #cause: { reason: EndReason; limit?: LimitName; detail?: string } | undefined;
  #tell!: () => void;
  #closed = false;

  /** Resolves when a reason was given. */
  readonly asked: Promise<void> = new Promise((resolve) => this.#tell = resolve);

  /** The reason that won. */
  get cause(): { reason: EndReason; limit?: LimitName; detail?: string } | undefined {
    return this.#cause;
  }

  /** Gives a reason; without effect when there is one, or after {@link close}. */
  give(reason: EndReason, more: { limit?: LimitName; detail?: string } = {}): void {
    if (this.#cause !== undefined || this.#closed && more.limit !== "output") return;
    this.#cause = { reason, ...more };
    this.#tell();
  }

  /** The child has ended by itself: from now on only too much output can still be its reason. */
  close(): void {
    this.#closed = true;
  }
}
