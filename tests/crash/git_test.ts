/** Git is killed in the middle of its work, or takes its worker along. */
import { assert, assertEquals } from "@std/assert";
import { assertSameEnd } from "../helpers/crash_end.ts";
import { type GitFate, writeGit } from "../helpers/crash_git.ts";
import { inLanes } from "../helpers/crash_lanes.ts";
import { ATTEMPTS, crashBench, JOBS } from "../helpers/crash_scene.ts";
import { crashWorker, runsOf } from "../helpers/crash_worker.ts";

const LIMITS = { attempts: ATTEMPTS, jobs: JOBS };
const DEATHS: readonly GitFate["dies"][] = [
  "git",
  "worker done",
  "git locked",
  "worker",
  "git done",
];

/** Calls of each verb in an undisturbed run. */
const CALLS = await undisturbed();

async function undisturbed(): Promise<Map<string, number>> {
  await using bench = await crashBench();
  await writeGit(bench);
  const { view } = await bench.start({ limits: LIMITS });
  await assertSameEnd(bench, view.runId, "undisturbed");
  const calls = new Map<string, number>();
  for (const { name } of Deno.readDirSync(bench.notes)) {
    const verb = /^git-(.+)-\d+$/.exec(name)?.[1];
    if (verb) calls.set(verb, (calls.get(verb) ?? 0) + 1);
  }
  console.log([...calls].map(([verb, count]) => `${count} × git ${verb}`).join(", "));
  return calls;
}

async function dieAndGoOn(fate: GitFate): Promise<void> {
  const what = `${fate.verb} ${fate.call}: ${fate.dies} is killed`;
  await using bench = await crashBench();
  await writeGit(bench, fate);
  const ofWorker = fate.dies.startsWith("worker");
  if (ofWorker) {
    const { code, signal, stderr } = await crashWorker(bench);
    assert(signal === "SIGKILL" || code === 0, `${what}: ${stderr}`);
  } else {
    // Before there is a run, what git did wrong is all that there is to tell.
    await bench.start({ limits: LIMITS }).catch((error) => assertEquals(error.code, "git_failed"));
  }
  let [id] = await runsOf(bench);
  id ??= (await bench.start({ limits: LIMITS })).view.runId;
  const state = await bench.state(id);
  if (state.ended === null) {
    if (!ofWorker) assertEquals(state.interrupted?.code, "git_failed", what);
    const { view } = await bench.resume(id);
    assertEquals([view.state, view.reason], ["passed", "3 of 3 criteria hold"], what);
  }
  await assertSameEnd(bench, id, what);
}

/** Calls of a verb, evenly chosen, at most so many. */
function chosen(verb: string, most: number): number[] {
  const count = CALLS.get(verb) ?? 0;
  assert(count > 0, `the scene has no git ${verb}`);
  const step = Deno.env.has("OUROBOROS_CRASH_ALL") ? 1 : Math.max(1, count / most);
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => Math.floor(i * step) + 1);
}

Deno.test("git that is killed in the middle of anything is followed by the same end", async () => {
  const merges = chosen("merge-tree", 2).flatMap((call) =>
    DEATHS.map((dies) => ({ verb: "merge-tree", call, dies }))
  );
  const others = [...["commit-tree", "read-tree"]].flatMap((verb) =>
    chosen(verb, 5).map((call, index) => ({ verb, call, dies: DEATHS[index % DEATHS.length]! }))
  );
  const points = [...merges, ...others];
  await inLanes(points, dieAndGoOn);
  console.log(`${points.length} deaths at calls of git`);
});
