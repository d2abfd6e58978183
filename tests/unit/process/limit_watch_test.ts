import { assert, assertEquals, assertMatch } from "@std/assert";
import type { ChildLimits } from "../../../lib/process/child.ts";
import { LimitWatch } from "../../../lib/process/limit_watch.ts";
import type { TreeSample } from "../../../lib/process/tree_sample.ts";
import { pause } from "../../../lib/process/within.ts";
import { WIDE } from "../../helpers/process_fixture.ts";

/** A tree of one process that used `cpuMs` so far. */
function sample(cpuMs: number): TreeSample {
  return {
    atMs: performance.now(),
    members: [{ key: "7 t", own: true, cpuMs, endedCpuMs: 0 }],
  };
}

const atRest = () => Promise.resolve(sample(0));

type Reached = { limit: string; seen: string; looks: number };

/** The limit that is reached under `limits`, when `during` is done with the watch meanwhile. */
async function reached(
  limits: Partial<ChildLimits>,
  more: {
    look?: (count: number) => Promise<TreeSample | undefined>;
    during?: (watch: LimitWatch) => void;
  } = {},
): Promise<Reached> {
  let watch: LimitWatch | undefined;
  let looks = 0;
  const first = await new Promise<Omit<Reached, "looks">>((resolve) => {
    watch = new LimitWatch({ ...WIDE, ...limits }, {
      look: () => (more.look ?? atRest)(++looks),
      onLimit: (limit, seen = "") => resolve({ limit, seen }),
    });
    more.during?.(watch);
  });
  watch!.stop();
  return { ...first, looks };
}

const speak = (watch: LimitWatch) => watch.activity();

Deno.test("H1.a silence at the start, silence later and total time are three limits", async () => {
  assertEquals((await reached({ startMs: 20, idleMs: 5000 })).limit, "start");
  assertEquals((await reached({ startMs: 5000, idleMs: 20 }, { during: speak })).limit, "idle");
  assertEquals((await reached({ totalMs: 20 })).limit, "total");
});

Deno.test("without a start limit the idle limit counts from the start", async () => {
  assertEquals((await reached({ idleMs: 20 })).limit, "idle");
});

Deno.test("H1.b without limits on silence only the total counts, and nothing is looked at", async () => {
  const { limit, looks } = await reached({ totalMs: 60 }, { during: speak });
  assertEquals([limit, looks], ["total", 0]);
});

Deno.test("output puts the idle limit off, and what speaks is not looked at", async () => {
  const begin = performance.now();
  let last = 0;
  let early = 0;
  const { limit } = await reached({ idleMs: 30_000, totalMs: 1000 }, {
    look: (count) => {
      early = count;
      return atRest();
    },
    during: (watch) => {
      const drip = setInterval(() => {
        last = performance.now();
        watch.activity();
        if (last - begin > 900) clearInterval(drip);
      }, 20);
    },
  });
  assertEquals([limit, early], ["total", 0]);
});

Deno.test("a tree at rest for a whole limit is ended, and what was seen is told", async () => {
  const idle = await reached({ idleMs: 200 }, { during: speak });
  assertEquals([idle.limit, idle.looks], ["idle", 2]);
  assertMatch(
    idle.seen,
    /^no output for \d+m?s; in the last \d+m?s its 1 process used no CPU time and wrote /,
  );
  assertMatch((await reached({ startMs: 200 })).seen, /^no output in its first \d+m?s; /);
});

Deno.test("a tree that works is given as much time again, until it works no more", async () => {
  const { limit, looks } = await reached({ idleMs: 60 }, {
    look: (count) => Promise.resolve(sample(Math.min(count, 5) * 1000)),
  });
  assertEquals([limit, looks], ["idle", 6]);
});

Deno.test("a tree that works for ever meets the total limit", async () => {
  const { limit, looks } = await reached({ idleMs: 60, totalMs: 1000 }, {
    look: (count) => Promise.resolve(sample(count * 1000)),
  });
  assertEquals(limit, "total");
  assert(looks > 1, `${looks} looks`);
});

Deno.test("what cannot be seen is not held against a child", async () => {
  const unseen = () => Promise.resolve(undefined);
  assertEquals((await reached({ idleMs: 20, totalMs: 500 }, { look: unseen })).limit, "total");
  const broken = () => Promise.reject(new Error("no more processes"));
  assertEquals((await reached({ idleMs: 20, totalMs: 500 }, { look: broken })).limit, "total");
});

Deno.test("an output during the last look counts", async () => {
  let watch: LimitWatch | undefined;
  const { limit, looks } = await reached({ idleMs: 60 }, {
    during: (made) => {
      watch = made;
      watch.activity();
    },
    look: (count) => {
      if (count === 2) watch!.activity();
      return atRest();
    },
  });
  // Two looks before it, two after it.
  assertEquals([limit, looks], ["idle", 4]);
});

Deno.test("a first output during a look begins another wait, and only one", async () => {
  let watch: LimitWatch | undefined;
  const { limit, looks } = await reached({ startMs: 60, idleMs: 90 }, {
    during: (made) => watch = made,
    look: (count) => {
      if (count === 1) watch!.activity();
      return atRest();
    },
  });
  assertEquals([limit, looks], ["idle", 3]);
});

Deno.test("a watch that was stopped tells nothing, after a look that was under way neither", async () => {
  const told: string[] = [];
  const onLimit = (limit: string) => told.push(limit);
  const watch = new LimitWatch({ ...WIDE, totalMs: 20, startMs: 10 }, { look: atRest, onLimit });
  watch.stop();
  let answer!: (sample: TreeSample) => void;
  let asked!: () => void;
  const looking = new Promise<void>((resolve) => asked = resolve);
  const late = new LimitWatch({ ...WIDE, startMs: 10 }, {
    look: () => {
      asked();
      return new Promise((resolve) => answer = resolve);
    },
    onLimit,
  });
  await looking;
  late.stop();
  answer(sample(0));
  await late.rested;
  await pause(120);
  assertEquals(told, []);
});

Deno.test("one limit is told once", async () => {
  const told: string[] = [];
  const watch = new LimitWatch({ ...WIDE, totalMs: 30, startMs: 30 }, {
    look: atRest,
    onLimit: (limit) => told.push(limit),
  });
  await pause(250);
  watch.stop();
  assertEquals(told.length, 1);
});

Deno.test("a limit beyond what timers can count does not fire at once", async () => {
  const told: string[] = [];
  const watch = new LimitWatch({ ...WIDE, totalMs: 1e12, idleMs: 1e13 }, {
    look: () => {
      told.push("look");
      return atRest();
    },
    onLimit: (limit) => told.push(limit),
  });
  await pause(50);
  watch.stop();
  assertEquals(told, []);
});
