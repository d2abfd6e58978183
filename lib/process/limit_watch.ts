import type { LimitName } from "../kernel/outcome.ts";
import type { ChildLimits } from "./child.ts";
import { roughTime } from "./rough_time.ts";
import { treeActivity } from "./tree_activity.ts";
import type { TreeSample } from "./tree_sample.ts";

/**
 * The part of a limit on silence after which the tree is looked at for the first time, to have
 * something to compare with when a whole limit has passed since. Work that speaks more often than
 * that is never looked at.
 */
const FIRST_LOOK = 0.1;

/** What {@link LimitWatch} asks and tells. */
export interface WatchParts {
  /** Looks at the child's tree; undefined where it cannot be seen. */
  look(): Promise<TreeSample | undefined>;
  /** Called once, with the limit that was reached first; `seen` for a limit on silence. */
  onLimit(limit: LimitName, seen?: string): void;
}

/**
 * Watches a child's time limits. Silence alone reaches none: when nothing was printed for so long
 * (before the first output `startMs`; after it, or where there is no `startMs`, `idleMs`), what the
 * tree did meanwhile is looked at, and work of any kind gives it as much time again. What cannot be
 * seen is not held against it. The total limit holds in any case.
 */
export class LimitWatch {
  readonly #limits: ChildLimits;
  readonly #parts: WatchParts;
  readonly #beginMs = performance.now();
  readonly #total: number;
  #timer: number | undefined;
  #lastMs = this.#beginMs;
  /** The last output when the present wait began. */
  #sinceMs = this.#beginMs;
  #before: TreeSample | undefined;
  #spoken = false;
  #stopped = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(limits: ChildLimits, parts: WatchParts) {
    this.#limits = limits;
    this.#parts = parts;
    this.#total = setTimeout(() => this.#reached("total"), timerMs(limits.totalMs));
    this.#arm();
  }

  /** Something was printed. */
  activity(): void {
    this.#lastMs = performance.now();
    if (this.#spoken || this.#stopped) return;
    this.#spoken = true;
    this.#arm();
  }

  /** Ends the watch. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#total);
    clearTimeout(this.#timer);
  }

  /** Resolves when no look is under way. Never rejects. */
  get rested(): Promise<void> {
    return this.#looking;
  }

  #current(): { limit: LimitName; ms: number } | undefined {
    const { startMs, idleMs } = this.#limits;
    if (!this.#spoken && startMs !== undefined) return { limit: "start", ms: startMs };
    return idleMs === undefined ? undefined : { limit: "idle", ms: idleMs };
  }

  /** Begins to wait at the last output. */
  #arm(): void {
    const watched = this.#current();
    clearTimeout(this.#timer);
    this.#before = undefined;
    this.#sinceMs = this.#lastMs;
    if (watched !== undefined) this.#wakeAt(this.#lastMs + FIRST_LOOK * watched.ms);
  }

  #wakeAt(atMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#lastMs !== this.#sinceMs) this.#arm();
      else if (performance.now() < atMs - 1) this.#wakeAt(atMs);
      else if (this.#before === undefined) this.#look();
      // We may have slept ourselves (a stopped process) while output lay in the pipe: one more
      // moment to read it before silence is held against the child.
      else this.#timer = setTimeout(() => this.#look(), 50);
    }, timerMs(atMs - performance.now()));
  }

  #look(): void {
    if (this.#lastMs !== this.#sinceMs) return this.#arm();
    const since = this.#sinceMs;
    this.#looking = this.#parts.look().catch(() => undefined).then((sample) => {
      // An output while it was looked at: the first one has begun another wait itself.
      if (this.#stopped || this.#sinceMs !== since) return;
      if (this.#lastMs !== since) this.#arm();
      else this.#judge(sample);
    });
  }

  #judge(sample: TreeSample | undefined): void {
    const { limit, ms } = this.#current()!;
    const before = this.#before;
    if (before !== undefined && sample !== undefined) {
      const activity = treeActivity(before, sample);
      const silence = roughTime(performance.now() - this.#sinceMs);
      const silent = this.#spoken
        ? `no output for ${silence}`
        : `no output in its first ${silence}`;
      if (!activity.works) return this.#reached(limit, `${silent}; ${activity.words}`);
    }
    this.#before = sample;
    this.#wakeAt(performance.now() + ms);
  }

  #reached(limit: LimitName, seen?: string): void {
    if (this.#stopped) return;
    this.stop();
    this.#parts.onLimit(limit, seen);
  }
}

/** setTimeout takes 2^31-1 ms at most and fires at once beyond. */
function timerMs(ms: number): number {
  return Math.max(0, Math.min(ms, 2 ** 31 - 1));
}
