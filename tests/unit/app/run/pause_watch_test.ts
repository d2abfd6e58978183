import { assertEquals } from "@std/assert";
import { createPauseWatch } from "../../../../lib/app/run/pause_watch.ts";

/** Two clocks that the test sets, each in milliseconds. */
function clocks() {
  const at = { wallMs: 1_000_000, ms: 0 };
  return {
    at,
    watch: createPauseWatch({
      now: () => new Date(at.wallMs),
      monotonicMs: () => at.ms,
      sleep: (ms) => {
        at.ms += ms;
        return Promise.resolve();
      },
    }),
  };
}

const pause = (untilMs: number, seconds: number) => ({ untilMs, seconds, reason: "limited" });

Deno.test("a pause lasts its seconds, also where the wall clock goes back", () => {
  const { at, watch } = clocks();
  assertEquals(watch.leftMs(null), 0);
  const given = pause(at.wallMs + 60_000, 60);
  assertEquals(watch.leftMs(given), 60_000);
  at.wallMs -= 18_000_000;
  at.ms += 20_000;
  assertEquals(watch.leftMs(given), 40_000);
  at.ms += 40_001;
  assertEquals(watch.leftMs(given), 0);
});

Deno.test("a machine that slept through a pause does not wait for the rest of it", () => {
  const { at, watch } = clocks();
  const given = pause(at.wallMs + 60_000, 60);
  watch.leftMs(given);
  at.wallMs += 3_600_000;
  assertEquals(watch.leftMs(given), 0);
});

Deno.test("of two pauses the one that ends later counts", () => {
  const { at, watch } = clocks();
  const until = at.wallMs + 60_000;
  watch.leftMs(pause(until, 60));
  at.ms += 1000;
  at.wallMs += 1000;
  assertEquals(watch.leftMs(pause(until, 10)), 59_000);
});

Deno.test("the end of a pause comes after its rest, and at once where it ended a moment ago", async () => {
  const { at, watch } = clocks();
  const { signal } = new AbortController();
  await watch.end(pause(at.wallMs + 60_000, 60), { waited: true, signal });
  assertEquals(at.ms, 60_000);
  await watch.end(null, { waited: true, signal });
  assertEquals(at.ms, 60_000);
});
