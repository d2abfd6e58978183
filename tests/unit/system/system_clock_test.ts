import { assertEquals } from "@std/assert";
import { systemClock } from "../../../lib/system/system_clock.ts";

Deno.test("a sleep lasts at least as long as asked", async () => {
  const before = systemClock.monotonicMs();
  await systemClock.sleep(20);
  // One millisecond for the grain of timers.
  assertEquals(systemClock.monotonicMs() - before >= 19, true);
});

Deno.test("an abort ends a sleep early, without a throw, and leaves no timer", async () => {
  const controller = new AbortController();
  // Longer than one timer can hold; a leaked timer would keep this test from ending.
  const sleeping = systemClock.sleep(2 ** 40, controller.signal);
  controller.abort();
  await sleeping;
  await systemClock.sleep(2 ** 40, controller.signal);
});

Deno.test("the wall clock is now, and the other one never goes back", () => {
  assertEquals(Math.abs(systemClock.now().getTime() - Date.now()) < 60_000, true);
  let last = systemClock.monotonicMs();
  for (let i = 0; i < 1000; i++) {
    const next = systemClock.monotonicMs();
    assertEquals(next >= last, true);
    last = next;
  }
});
