/** The disk that holds our folder is full from some moment on. */
import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { startRun } from "../../lib/app/start_run.ts";
import { OuroborosError } from "../../lib/kernel/error.ts";
import { systemClock } from "../../lib/system/system_clock.ts";
import { type AppBench, follow, runHooks, runInput } from "../helpers/app_bench.ts";
import { appWithClock } from "../helpers/crash_clock.ts";
import { assertSameEnd } from "../helpers/crash_end.ts";
import { fillDisk } from "../helpers/crash_disk.ts";
import { type Fate, fatedJournal } from "../helpers/crash_journal.ts";
import { inLanes } from "../helpers/crash_lanes.ts";
import { ATTEMPTS, crashBench, JOBS } from "../helpers/crash_scene.ts";
import { runsOf } from "../helpers/crash_worker.ts";
import { smallDisk } from "../helpers/git_small_disk.ts";

/** Enough for a whole run. */
const SIZE = "16m";

/** Lazily: on a busy machine the last child of a run may have a file open there for a moment. */
async function takeOff(path: string): Promise<void> {
  await new Deno.Command("umount", { args: ["-l", path], stderr: "null" }).output();
}

/** Starts a run on a disk that is full from that write on; gives the code of what stopped it. */
async function startUntilFull(bench: AppBench, fate: Fate, leave: number): Promise<string> {
  const app = appWithClock(bench, systemClock);
  const journal = fatedJournal(
    await app.journal(),
    fate,
    () => fillDisk(join(bench.root, "ours", "fill"), leave),
  );
  const full = Object.create(app, { journal: { value: () => Promise.resolve(journal) } });
  const limits = { attempts: ATTEMPTS, jobs: JOBS };
  try {
    const { view } = await follow(startRun(full, runInput(bench, { limits }), runHooks()));
    return (await bench.state(view.runId)).interrupted?.code ?? view.state;
  } catch (error) {
    if (!(error instanceof OuroborosError)) throw error;
    return error.code;
  } finally {
    await app.close();
  }
}

Deno.test("a run whose disk is full stops, says so, and goes on when there is room again", async () => {
  // In turn nothing at all is left, and less than a write of Git needs.
  const points = [3, 8, 14, 20, 30, 46].map((write, at) => ({ write, leave: at % 2 * 32_768 }));
  const seen = new Map<string, number>();
  await inLanes(points, async ({ write, leave }) => {
    const what = `full but for ${leave} bytes after write ${write}`;
    await using bench = await crashBench();
    const disk = await smallDisk(join(bench.root, "ours"), SIZE);
    // Only root may mount one; that it was not is said.
    if (disk === undefined) return;
    try {
      const code = await startUntilFull(bench, { when: "after", write }, leave);
      seen.set(code, (seen.get(code) ?? 0) + 1);
      assert(code === "disk_full" || code === "passed", `${what}: ${code}`);
      // A run of fewer writes than that ends before.
      if (code === "passed") return;
      await Deno.remove(join(bench.root, "ours", "fill"));
      const [id] = await runsOf(bench);
      const { view } = id === undefined
        ? await bench.start({ limits: { attempts: ATTEMPTS, jobs: JOBS } })
        : await bench.resume(id);
      assertEquals(view.state, "passed", what);
      await assertSameEnd(bench, (await runsOf(bench))[0]!, what);
    } finally {
      await bench.app.close();
      await takeOff(join(bench.root, "ours"));
      await disk[Symbol.asyncDispose]();
    }
  });
  assert(seen.size === 0 || seen.has("disk_full"), "no disk was full in time");
  console.log([...seen].map(([code, count]) => `${count} × ${code}`).join(", "));
});
