/** What happens to the machine under an interview: its disk is full, its clock is set. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import type { AppBench } from "../helpers/app_bench.ts";
import { CALLS, holdInterview, interviewScene } from "../helpers/crash_interview.ts";
import { assertInterviewEnd, callsOf, interviewEvents } from "../helpers/crash_interview_end.ts";
import { inLanes } from "../helpers/crash_lanes.ts";
import { smallDisk } from "../helpers/git_small_disk.ts";

const HOUR_MS = 3_600_000;

/** The seed that the scene ends in. */
const SEED = await undisturbed();

async function undisturbed(): Promise<string> {
  await using bench = await interviewScene();
  assertEquals((await holdInterview(bench)).code, 0);
  return await assertInterviewEnd(bench, undefined, "undisturbed");
}

/** Goes on, or begins where nothing was begun, to the same end. */
async function goOn(bench: AppBench, what: string): Promise<void> {
  const begun = (await interviewEvents(bench)).length > 0;
  const end = await holdInterview(bench, begun ? { resume: true } : {});
  assertEquals(end.code, 0, `${what}: ${end.stderr}`);
  await assertInterviewEnd(bench, SEED, what);
}

Deno.test("an interview whose disk is full stops, says so, and goes on when there is room again", async () => {
  // Never between the last answer of a screen and the remark to it, which would be another interview.
  const points = [1, 3, 4, 7, 10, 13, 18, 22].map((write, at) => ({
    write,
    leave: at % 2 * 32_768,
  }));
  let [mounted, full] = [0, 0];
  await inLanes(points, async ({ write, leave }) => {
    const what = `full but for ${leave} bytes after write ${write}`;
    await using bench = await interviewScene();
    const ours = join(bench.root, "ours");
    const disk = await smallDisk(ours, "8m");
    // Only root may mount one; that it was not is said.
    if (disk === undefined) return;
    mounted++;
    try {
      const end = await holdInterview(bench, {
        fill: { fate: { when: "after", write }, path: join(ours, "fill"), leave },
      });
      await Deno.remove(join(ours, "fill"));
      // What was left may have been enough to its end.
      if (end.code !== 0) {
        full++;
        assertEquals(end.code, 1, `${what}: ${end.stderr}`);
        assertMatch(end.stderr, /Error: .*(no space|disk is full|full)/i, what);
        await goOn(bench, what);
      }
      assertEquals(callsOf(bench) <= CALLS + 1, true, `${what}: ${callsOf(bench)} calls`);
    } finally {
      await bench.app.close();
      await new Deno.Command("umount", { args: ["-l", ours], stderr: "null" }).output();
      await disk[Symbol.asyncDispose]();
    }
  });
  console.log(`${full} of ${mounted} disks, for ${points.length} points, were full`);
  assert(mounted === 0 || full > 0, "no disk was ever full");
});

Deno.test("a clock that is set in the middle of an interview changes nothing", async () => {
  const points = [4, 12, 20].flatMap((write) =>
    [72 * HOUR_MS, -5 * HOUR_MS].map((ms) => ({ write, ms }))
  );
  await inLanes(points, async ({ write, ms }) => {
    const what = `the clock is set by ${ms / HOUR_MS} h after write ${write}`;
    await using bench = await interviewScene();
    const end = await holdInterview(bench, { jump: { fate: { when: "after", write }, ms } });
    assertEquals(end.code, 0, `${what}: ${end.stderr}`);
    await assertInterviewEnd(bench, SEED, what);
    assertEquals(callsOf(bench), CALLS, what);
    const times = (await interviewEvents(bench)).map((one) => Date.parse(one.at));
    const jumps = times.filter((at, index) => Math.abs(at - (times[index - 1] ?? at)) > HOUR_MS);
    assertEquals(jumps.length, 1, `${what}: it was set`);
  });
});

Deno.test("an interview that was killed goes on under a clock that was set since", async () => {
  await inLanes([72 * HOUR_MS, -5 * HOUR_MS], async (ms) => {
    const what = `killed, the clock is set by ${ms / HOUR_MS} h`;
    await using bench = await interviewScene();
    await holdInterview(bench, { die: { when: "after", event: "thought.received", write: 2 } });
    const end = await holdInterview(bench, {
      resume: true,
      jump: { fate: { when: "before", write: 1 }, ms },
    });
    assertEquals(end.code, 0, `${what}: ${end.stderr}`);
    await assertInterviewEnd(bench, SEED, what);
    assert(callsOf(bench) === CALLS, what);
  });
});
