/** A worker that is killed at every write of its journal. */
import { assert, assertEquals } from "@std/assert";
import { collectGarbage } from "../../lib/app/discard_run.ts";
import { startRun } from "../../lib/app/start_run.ts";
import { dataOf, follow, runHooks, runInput } from "../helpers/app_bench.ts";
import { assertSameEnd, strayFiles } from "../helpers/crash_end.ts";
import { countedJournal, type Fate } from "../helpers/crash_journal.ts";
import { inLanes } from "../helpers/crash_lanes.ts";
import { ATTEMPTS, crashBench, JOBS } from "../helpers/crash_scene.ts";
import { crashWorker, runsOf } from "../helpers/crash_worker.ts";

const LIMITS = { attempts: ATTEMPTS, jobs: JOBS };

/** Events before which a worker does something outside of the journal. */
const WITH_WORK = new Set([
  "run.created",
  "run.admitted",
  "child.started",
  "attempt.ended",
  "attempt.recorded",
  "attempt.checked",
  "attempt.integrated",
  "attempt.conflicted",
  "branch.rechecked",
  "batch.reverted",
  "attempt.reverted",
  "run.ended",
]);

/** What one undisturbed run writes, which is also looked at like all the others. */
const WRITES = await undisturbed();

async function undisturbed(): Promise<string[]> {
  await using bench = await crashBench();
  const { journal, writes } = countedJournal(await bench.app.journal());
  const app = Object.create(bench.app, { journal: { value: () => Promise.resolve(journal) } });
  const { view } = await follow(startRun(app, runInput(bench, { limits: LIMITS }), runHooks()));
  await assertSameEnd(bench, view.runId, "undisturbed");
  const events = await bench.events(view.runId);
  if (JOBS > 1) {
    assert(dataOf(events, "attempt.checked").some((one) => one.decision.verdict === "failed"));
    for (const type of ["attempt.conflicted", "batch.reverted", "attempt.reverted"] as const) {
      assert(dataOf(events, type).length > 0, `the scene has no ${type}`);
    }
  }
  console.log(
    `${JOBS} at once: ${writes.length} writes, ${events.length} events of the run, ` +
      `${(await bench.starts()).length} starts of an agent`,
  );
  return writes;
}

async function dieAndGoOn(fate: Fate): Promise<void> {
  const what = `killed ${fate.when} write ${fate.write} ${fate.event ?? ""}`;
  await using bench = await crashBench();
  const end = await crashWorker(bench, { die: fate });
  // Which of two ends first is not the same each time: a run may make fewer writes.
  assert(end.signal === "SIGKILL" || end.code === 0, `${what}: ${end.stderr}`);
  const [found] = await runsOf(bench);
  if (found === undefined) return await beginAgain(bench, what);
  const { ended } = await bench.state(found);
  if (ended === null) {
    const { view } = await bench.resume(found);
    assertEquals([view.state, view.exit, view.reason], ["passed", 0, "3 of 3 criteria hold"], what);
  }
  await assertSameEnd(bench, found, what);
}

/** Killed before its first event there is no run, and a folder that `gc` knows for ours. */
async function beginAgain(bench: Awaited<ReturnType<typeof crashBench>>, what: string) {
  const { removed, left } = await collectGarbage(bench.app, {
    ...{ days: 0, dryRun: false, forgetUndo: false },
  });
  assertEquals([removed.length, left], [1, []], what);
  const { view } = await bench.start({ limits: LIMITS });
  assertEquals(await strayFiles(bench, view.runId), [], what);
  await assertSameEnd(bench, view.runId, what);
}

async function killAt(points: readonly Fate[]): Promise<void> {
  await inLanes(points, dieAndGoOn);
  console.log(`${points.length} kills, ${JOBS} at once`);
}

Deno.test("a worker that is killed after any write is followed by one that comes to the same end", async () => {
  await killAt(WRITES.map((_, index) => ({ when: "after", write: index + 1 })));
});

Deno.test("a worker that is killed between what it did and its next event comes to the same end", async () => {
  // Every end of an agent, and the first of each other event; all of them where it is asked for.
  const all = Deno.env.has("OUROBOROS_CRASH_ALL");
  const seen = new Map<string, number>();
  const points = WRITES.flatMap((event): Fate[] => {
    const write = (seen.get(event) ?? 0) + 1;
    seen.set(event, write);
    const wanted = WITH_WORK.has(event) && (write === 1 || event === "attempt.ended");
    return wanted || all ? [{ when: "before", event, write }] : [];
  });
  await killAt(points);
});
