/** Agents that are killed, alone or all at once, with a child of theirs that lives on. */
import { assert, assertEquals } from "@std/assert";
import { dataOf } from "../helpers/app_bench.ts";
import { assertSameEnd } from "../helpers/crash_end.ts";
import { inLanes } from "../helpers/crash_lanes.ts";
import { ATTEMPTS, crashBench, JOBS } from "../helpers/crash_scene.ts";

/** Shell text: the agent of such an attempt is killed; what it had started ignores all but that. */
const killed = (attempts: string) =>
  `case "$criterion-$ATTEMPT" in
    ${attempts}) sh -c 'trap "" TERM HUP INT; sleep 300 & wait' & echo "$criterion" >> "$notes/killed"
      kill -9 $$;;
  esac`;

Deno.test("a run goes on when an agent is killed, and nothing of it lives on", async () => {
  const attempts = ["a-1", "b-1", "c-1", "c-2", "[ab]-2", "*-1"];
  const points = attempts.flatMap((which) =>
    (["before", "after"] as const).map((when) => ({ which, when }))
  );
  await inLanes(points, async ({ which, when }) => {
    const what = `the agent of ${which} is killed ${when} its work`;
    await using bench = await crashBench({ [when]: killed(which) });
    const { view } = await bench.start({ limits: { attempts: ATTEMPTS, jobs: JOBS } });
    assertEquals([view.state, view.reason], ["passed", "3 of 3 criteria hold"], what);
    const ends = dataOf(await bench.events(view.runId), "attempt.ended");
    const failed = ends.filter((one) => one.outcome.reason === "failed").map((one) =>
      one.criterion
    );
    const wanted = (await bench.note("killed")).split("\n").filter(Boolean);
    assert(wanted.length > 0, `${what}: none was`);
    assertEquals(failed.sort(), wanted.sort(), `${what}: each is told as a failure`);
    await assertSameEnd(bench, view.runId, what);
    // Most of the time is the grace that is given to what an agent left.
  }, { lanes: 4 });
});
