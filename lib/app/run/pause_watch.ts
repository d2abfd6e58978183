import type { RunState } from "../../engine/run/state.ts";
import type { Clock } from "../../kernel/clock.ts";

/** How long a provider's limit still lasts. */
export interface PauseWatch {
  /** Milliseconds; 0: there is none, or it is over. */
  leftMs(pause: RunState["pause"]): number;
  /**
   * Resolves when the pause is over or `signal` aborts. Where there is none, or it is over already:
   * never, but at once for who found it there a moment ago (`waited`).
   */
  end(
    pause: RunState["pause"],
    options: { waited: boolean; signal: AbortSignal },
  ): Promise<void>;
}

/**
 * Measures pauses from when they were first seen, by the clock that nobody sets: a wall clock that
 * goes back must not make a run wait for hours. Where the wall clock says that a pause is over, it
 * is: a machine may have slept meanwhile, which the other clock does not count.
 */
export function createPauseWatch(clock: Clock): PauseWatch {
  let known: RunState["pause"] = null;
  let endMs = 0;
  const watch: PauseWatch = {
    leftMs(pause) {
      if (pause === null) return 0;
      const nowMs = clock.monotonicMs();
      // Copies that meet the same limit wait for it together.
      if (pause !== known) endMs = Math.max(known ? endMs : 0, nowMs + pause.seconds * 1000);
      known = pause;
      return Math.max(0, Math.min(endMs - nowMs, pause.untilMs - clock.now().getTime()));
    },
    async end(pause, { waited, signal }) {
      const ms = watch.leftMs(pause);
      if (ms > 0 || waited) return await clock.sleep(ms, signal);
      return await new Promise(() => {});
    },
  };
  return watch;
}
