import { assertEquals } from "@std/assert";
import { LimitWatch } from "../../../lib/process/limit_watch.ts";
import { WIDE } from "../../helpers/process_fixture.ts";
import { pause } from "../../../lib/process/within.ts";

/** The limit that is reached under `limits`, when `during` is done with the watch meanwhile. */
async function reached(
  limits: { startMs?: number; idleMs?: number; totalMs?: number },
  during: (watch: LimitWatch) => void = () => {},
): Promise<string> {
  let watch: LimitWatch | undefined;
  const limit = new Promise<string>((resolve) => {
    watch = new LimitWatch({ ...WIDE, ...limits }, resolve);
  });
  during(watch!);
  const first = await limit;
  watch!.stop();
  return first;
}

Deno.test("H1.a silence at the start, silence later and total time are three limits", async () => {
  assertEquals(await reached({ startMs: 20, idleMs: 5000 }), "start");
  assertEquals(await reached({ startMs: 5000, idleMs: 20 }, (watch) => watch.activity()), "idle");
  assertEquals(await reached({ totalMs: 20 }), "total");
});

Deno.test("without a start limit the idle limit counts from the start", async () => {
  assertEquals(await reached({ idleMs: 20 }), "idle");
});

Deno.test("H1.b without limits on silence only the total counts", async () => {
  assertEquals(await reached({ totalMs: 60 }, (watch) => watch.activity()), "total");
});

Deno.test("output puts the idle limit off", async () => {
  const begin = performance.now();
  let last = 0;
  const limit = await reached({ idleMs: 300 }, (watch) => {
    const drip = setInterval(() => {
      last = performance.now();
      watch.activity();
      if (last - begin > 900) clearInterval(drip);
    }, 20);
  });
  assertEquals(limit, "idle");
  assertEquals(last - begin > 900, true);
});

Deno.test("a watch that was stopped tells nothing", async () => {
  const told: string[] = [];
  const watch = new LimitWatch({ ...WIDE, totalMs: 20, startMs: 10 }, (limit) => told.push(limit));
  watch.stop();
  await pause(120);
  assertEquals(told, []);
});

Deno.test("one limit is told once", async () => {
  const told: string[] = [];
  const watch = new LimitWatch({ ...WIDE, totalMs: 30, startMs: 30 }, (limit) => told.push(limit));
  await pause(250);
  watch.stop();
  assertEquals(told.length, 1);
});

Deno.test("a limit beyond what timers can count does not fire at once", async () => {
  const told: string[] = [];
  const watch = new LimitWatch(
    { ...WIDE, totalMs: 1e12, idleMs: 1e12 },
    (limit) => told.push(limit),
  );
  await pause(50);
  watch.stop();
  assertEquals(told, []);
});
