/** More than one process wants to work on a run. */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { runStream } from "../../lib/engine/run/events.ts";
import { OuroborosError } from "../../lib/kernel/error.ts";
import type { AppBench } from "../helpers/app_bench.ts";
import { onlyRun, untilNote } from "../helpers/app_worker.ts";
import { assertSameEnd } from "../helpers/crash_end.ts";
import { inLanes } from "../helpers/crash_lanes.ts";
import { crashBench } from "../helpers/crash_scene.ts";
import { crashWorker, runsOf, startCrashWorker } from "../helpers/crash_worker.ts";
import { goneWithin } from "../helpers/processes_in.ts";

Deno.test("of two that resume at the same moment one works, and the other says who does", async () => {
  await inLanes([8, 24, 40, 56], async (write) => {
    const what = `two resume what was killed after write ${write}`;
    await using bench = await crashBench();
    await crashWorker(bench, { die: { when: "after", write } });
    const [resume = ""] = await runsOf(bench);
    // A run of fewer writes than that has ended.
    if ((await bench.state(resume)).ended) return;
    const order = { resume, together: 2 };
    const ends = await Promise.all([crashWorker(bench, order), crashWorker(bench, order)]);
    const lost = ends.filter((one) => one.code !== 0);
    assertEquals(lost.length, 1, `${what}: ${JSON.stringify(ends)}`);
    assertEquals(lost[0]!.code, 99, `${what}: ${JSON.stringify(ends)}`);
    assertMatch(lost[0]!.stderr, /process \d+ works on it/, what);
    await assertSameEnd(bench, resume, what);
  });
});

/** Who holds an agent until the note `go` is there. */
const HELD = `if [ "$criterion-$ATTEMPT" = a-1 ]; then
  echo $$ > "$notes/agent"; while [ ! -e "$notes/go" ]; do sleep 0.05; done
fi`;

/** Stops a worker whose agent is at work, and lets it go on after somebody else has claimed its run. */
async function overtake(bench: AppBench, whileStopped: () => Promise<unknown>) {
  const { child, ended } = startCrashWorker(bench);
  await untilNote(bench, "agent");
  const id = await onlyRun(bench);
  child.kill("SIGSTOP");
  const refused = await assertRejects(() => bench.resume(id), OuroborosError);
  const journal = await bench.app.journal();
  await journal.claim(runStream(id), "somebody else");
  await whileStopped();
  const before = (await bench.state(id)).version;
  child.kill("SIGCONT");
  const end = await ended;
  assertEquals((await bench.state(id)).version, before, "it writes nothing");
  assertEquals(await goneWithin(bench.root, 5000), [], "its agents are ended");
  return { id, end, refused, pid: child.pid };
}

Deno.test({
  name: "a worker that was stopped, overtaken and continued writes nothing and ends its agent",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using bench = await crashBench({ before: HELD });
    const { id, end, refused, pid } = await overtake(bench, () => Promise.resolve());
    assertMatch(
      refused.message,
      new RegExp(`process ${pid} works on it`),
      "a resume says who does",
    );
    assertEquals(end.code, 99);
    assertMatch(end.stderr, /taken over by somebody else|replaced by epoch/);
    await Deno.writeTextFile(join(bench.notes, "go"), "");
    const { view } = await bench.resume(id);
    assertEquals(view.state, "passed");
    await assertSameEnd(bench, id, "stopped");
  },
});

Deno.test({
  name: "what an agent finished while its worker was stopped is not lost to whoever comes after",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using bench = await crashBench({ before: HELD });
    const { id, end } = await overtake(bench, async () => {
      await Deno.writeTextFile(join(bench.notes, "go"), "");
      while (!await Deno.stat(join(bench.notes, "finished-a-1")).catch(() => undefined)) {
        await new Promise((done) => setTimeout(done, 20));
      }
    });
    assertEquals(end.code, 99);
    assert((await bench.state(id)).ended === null);
    const { view } = await bench.resume(id);
    assertEquals(view.state, "passed");
    await assertSameEnd(bench, id, "stopped");
  },
});

Deno.test({
  name: "a worker that was stopped and is taken over from by force is ended, and its work goes on",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    await using bench = await crashBench({ before: HELD });
    const { child, ended } = startCrashWorker(bench);
    await untilNote(bench, "agent");
    const id = await onlyRun(bench);
    child.kill("SIGSTOP");
    await Deno.writeTextFile(join(bench.notes, "go"), "");
    const { view } = await bench.resume(id, { takeOver: true });
    assertEquals(view.state, "passed");
    assert((await ended).signal !== null);
    await assertSameEnd(bench, id, "taken over by force");
  },
});
