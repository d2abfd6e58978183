import { type App, createApp } from "../../lib/app/app.ts";
import type { Clock } from "../../lib/kernel/clock.ts";
import { systemClock } from "../../lib/system/system_clock.ts";
import type { AppBench } from "./app_bench.ts";

/** The real clock, set forwards or backwards by whoever holds it. */
export function settableClock(): Clock & { set(byMs: number): void } {
  let offsetMs = 0;
  return {
    ...systemClock,
    now: () => new Date(systemClock.now().getTime() + offsetMs),
    set: (byMs) => {
      offsetMs += byMs;
    },
  };
}

/** A second program on a bench, with a clock of its own; the caller closes it. */
export function appWithClock(bench: Pick<AppBench, "app">, clock: Clock): App {
  const { environment, paths, random, cwd, self, version, skillsDir, registry } = bench.app;
  return createApp({ environment, paths, random, cwd, self, version, skillsDir, clock }, registry);
}
