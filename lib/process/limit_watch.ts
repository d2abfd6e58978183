import type { LimitName } from "../kernel/outcome.ts";
import type { ChildLimits } from "./child.ts";

/**
 * Watches a child's time limits. `onLimit` is called once, with the limit that was reached first.
 * Before the first output `startMs` counts; after it, or where there is no `startMs`, `idleMs`.
 */
export class LimitWatch {
  readonly #limits: ChildLimits;
  readonly #onLimit: (limit: LimitName) => void;
  readonly #total: number;
  #silence: number | undefined;
  #lastMs = performance.now();
  #spoken = false;
  #stopped = false;

  constructor(limits: ChildLimits, onLimit: (limit: LimitName) => void) {
    this.#limits = limits;
    this.#onLimit = onLimit;
    this.#total = setTimeout(() => this.#reached("total"), timerMs(limits.totalMs));
    this.#arm();
  }

  /** Something was printed. */
  activity(): void {
    this.#lastMs = performance.now();
    if (this.#spoken || this.#stopped) return;
    this.#spoken = true;
    clearTimeout(this.#silence);
    this.#arm();
  }

  /** Ends the watch. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#total);
    clearTimeout(this.#silence);
  }

  #current(): { limit: LimitName; ms: number } | undefined {
    const { startMs, idleMs } = this.#limits;
    if (!this.#spoken && startMs !== undefined) return { limit: "start", ms: startMs };
    return idleMs === undefined ? undefined : { limit: "idle", ms: idleMs };
  }

  #arm(): void {
    const watched = this.#current();
    if (watched === undefined) return;
    const left = this.#lastMs + watched.ms - performance.now();
    this.#silence = setTimeout(() => this.#check(watched.limit), timerMs(left));
  }

  #check(limit: LimitName): void {
    const watched = this.#current();
    if (this.#stopped || watched === undefined) return;
    if (performance.now() < this.#lastMs + watched.ms - 1) return this.#arm();
    // We may have slept ourselves (a closed lid, a stopped process) while output lay in the pipe:
    // one more moment to read it before silence is held against the child.
    const seen = this.#lastMs;
    this.#silence = setTimeout(() => {
      if (this.#lastMs === seen) this.#reached(limit);
      else this.#arm();
    }, 50);
  }

  #reached(limit: LimitName): void {
    if (this.#stopped) return;
    this.stop();
    this.#onLimit(limit);
  }
}

/** setTimeout takes 2^31-1 ms at most and fires at once beyond. */
function timerMs(ms: number): number {
  return Math.max(0, Math.min(ms, 2 ** 31 - 1));
}
