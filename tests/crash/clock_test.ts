/** A wall clock that is set while a run is worked on: nothing hangs, and nothing is decided by it. */
import { assert, assertEquals } from "@std/assert";
import type { App } from "../../lib/app/app.ts";
import { resumeRun } from "../../lib/app/resume_run.ts";
import { startRun } from "../../lib/app/start_run.ts";
import { follow, type RunEnd, runHooks, runInput } from "../helpers/app_bench.ts";
import { appWithClock, settableClock } from "../helpers/crash_clock.ts";
import { assertSameEnd } from "../helpers/crash_end.ts";
import { fatedJournal } from "../helpers/crash_journal.ts";
import { inLanes } from "../helpers/crash_lanes.ts";
import { ATTEMPTS, crashBench, JOBS } from "../helpers/crash_scene.ts";
import { crashWorker, runsOf } from "../helpers/crash_worker.ts";

const HOUR_MS = 3_600_000;
const JUMPS_MS = [72 * HOUR_MS, -5 * HOUR_MS];
const INPUT = { limits: { attempts: ATTEMPTS, jobs: JOBS } };

/** Works to the end; a run that hangs is interrupted, and so fails whoever looks at its end. */
async function within(work: (interrupt: AbortSignal) => Promise<RunEnd>): Promise<RunEnd> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort("It hangs"), 120_000);
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** A program whose clock is set by so much after that write. */
function jumpingApp(app: App, clock: { set(ms: number): void }, at: { write: number; ms: number }) {
  const fate = { when: "after", write: at.write } as const;
  return Object.create(app, {
    journal: {
      value: async () => fatedJournal(await app.journal(), fate, () => clock.set(at.ms)),
    },
  });
}

Deno.test("a clock that is set in the middle of a run changes nothing", async () => {
  const points = [15, 45].flatMap((write) => JUMPS_MS.map((ms) => ({ write, ms })));
  let jumps = 0;
  await inLanes(points, async (point) => {
    const what = `the clock is set by ${point.ms / HOUR_MS} h after write ${point.write}`;
    await using bench = await crashBench();
    const clock = settableClock();
    const app = appWithClock(bench, clock);
    try {
      const set = (ms: number) => {
        jumps++;
        clock.set(ms);
      };
      const jumping = jumpingApp(app, { set }, point);
      const { view, progress } = await within((interrupt) =>
        follow(startRun(jumping, runInput(bench, INPUT), runHooks({ interrupt })))
      );
      assertEquals([view.state, view.reason], ["passed", "3 of 3 criteria hold"], what);
      assertEquals(progress.filter((one) => one.type === "waiting"), [], what);
      await assertSameEnd(bench, view.runId, what);
    } finally {
      await app.close();
    }
  });
  // A run of fewer writes than the later ones ends before.
  assert(jumps >= JUMPS_MS.length, `the clock was set ${jumps} times`);
});

Deno.test("a run that was killed goes on under a clock that was set since", async () => {
  const points = JUMPS_MS.flatMap((ms) => [20, 40].map((write) => ({ write, ms })));
  await inLanes(points, async ({ write, ms }) => {
    const what = `killed after write ${write}, the clock is set by ${ms / HOUR_MS} h`;
    await using bench = await crashBench();
    await crashWorker(bench, { die: { when: "after", write } });
    const [id] = await runsOf(bench);
    const clock = settableClock();
    clock.set(ms);
    const app = appWithClock(bench, clock);
    try {
      const { view } = await within((interrupt) =>
        follow(resumeRun(app, id, { limits: {}, env: [] }, runHooks({ interrupt })))
      );
      assertEquals(view.state, "passed", `${what}: ${view.reason}`);
      await assertSameEnd(bench, id!, what);
    } finally {
      await app.close();
    }
  });
});

Deno.test("a provider's limit ends after its seconds, wherever the clock is set meanwhile", async () => {
  await inLanes(JUMPS_MS, async (ms) => {
    const what = `the clock is set by ${ms / HOUR_MS} h in a pause`;
    const before = `if [ "$criterion-$ATTEMPT" = a-1 ]; then
      echo "reset 2 rate_limited Too many requests"; exit 1; fi`;
    await using bench = await crashBench({ before });
    const clock = settableClock();
    const app = appWithClock(bench, clock);
    let set = false;
    try {
      const { view } = await within(async (interrupt) => {
        const work = startRun(app, runInput(bench, INPUT), runHooks({ interrupt }));
        while (true) {
          const next = await work.next();
          if (next.done) return { view: next.value, progress: [] };
          if (next.value.type !== "event" || next.value.event.type !== "attempt.ended") continue;
          if (!set && next.value.event.data.outcome.code === "rate_limited") {
            set = true;
            clock.set(ms);
          }
        }
      });
      assertEquals([view.state, view.reason], ["passed", "3 of 3 criteria hold"], what);
      await assertSameEnd(bench, view.runId, what);
      assert(set, `${what}: it met no limit`);
    } finally {
      await app.close();
    }
  });
});
