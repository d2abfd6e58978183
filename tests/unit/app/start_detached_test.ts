import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { cancelRun } from "../../../lib/app/cancel_run.ts";
import { listRuns } from "../../../lib/app/list_runs.ts";
import { costText } from "../../../lib/app/run/cost_view.ts";
import { areOurSlots } from "../../../lib/app/setup/purge_proof.ts";
import {
  planDetached,
  planResume,
  resumeDetached,
  startDetached,
} from "../../../lib/app/start_detached.ts";
import { waitRun } from "../../../lib/app/wait_run.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { type AppBench, appBench, dataOf, runInput } from "../../helpers/app_bench.ts";
import { goneWithin } from "../../helpers/processes_in.ts";

/** A recording that is played by the program itself: the worker is another process than this one. */
const RECORDING = (steps: unknown[]) =>
  JSON.stringify({
    ...{ schema: 1, title: "Greets", runtime: "claude" },
    attempts: [{ criterion: "hello", attempt: 1, steps, finalText: "Done", usage: {} }],
  });
const SEED = `schema: 1
goal: A greeting
acceptance_criteria:
  - { id: hello, description: hello.txt is there, check: { run: test -e hello.txt } }
`;
const WRITES = { write: "hello.txt", text: "hello\n" };

/** A bench whose workers, which inherit our environment, find its home and not ours. */
async function benchOf(steps: unknown[]): Promise<AppBench> {
  const bench = await appBench({
    files: { "seed.yaml": SEED, "recording.json": RECORDING(steps) },
  });
  const { paths, self } = bench.app;
  const [env, ...rest] = self;
  const homes = [`HOME=${paths.home}`, `OUROBOROS_HOME=${paths.root}`];
  const app = Object.assign(Object.create(bench.app), { self: [env, ...homes, ...rest] });
  return Object.assign(bench, { app });
}

const inputOf = (bench: AppBench) => runInput(bench, { recording: "recording.json" });

async function toEnd(bench: AppBench, id: string) {
  let cursor = 1;
  while (true) {
    const until = new AbortController().signal;
    const waited = await waitRun(bench.app, id, { cursor, timeoutMs: 60_000, until });
    if (waited.run.state !== "running") return waited.run;
    cursor = waited.cursor;
  }
}

Deno.test("a plan touches nothing, says the cost, and asks at a project's first run only", async () => {
  await using bench = await benchOf([WRITES]);
  const plan = await planDetached(bench.app, inputOf(bench));
  assertEquals(plan.mustAsk, true);
  assertStringIncludes(costText(plan.cost), "1 criterion, at most 3 starts and 60 minutes");
  assertEquals(await Deno.lstat(bench.app.paths.root).catch(() => null), null);

  const { runId } = await startDetached(bench.app, plan, { agreed: "asked" });
  assertEquals((await toEnd(bench, runId)).state, "passed");
  const events = await bench.events(runId);
  assertEquals(dataOf(events, "run.confirmed"), [{ anyway: false, how: "asked" }]);
  const { pid } = dataOf(events, "worker.started")[0]!;
  assert(pid !== Deno.pid, "another process does all of the work, the checks on the base too");
  assertEquals((await planDetached(bench.app, inputOf(bench))).mustAsk, false);
  assertEquals(await goneWithin(bench.root, 10_000), []);
});

Deno.test("a run that was interrupted goes on by itself, with new limits; a cancelled one once somebody says so", async () => {
  await using bench = await benchOf([{ run: "touch began; sleep 300" }, WRITES]);
  const { app } = bench;
  const { runId } = await startDetached(app, await planDetached(app, inputOf(bench)), {
    agreed: "flag",
  });
  const worker = await untilWorking(bench, runId);
  Deno.kill(worker, "SIGKILL");
  const gone = await toEnd(bench, runId);
  assertEquals(gone.state, "interrupted");
  const plan = await planResume(app, runId, { minutes: 7 });
  assertEquals([plan.mustAsk, plan.cost.minutes], [false, 7]);
  const lifted = await planResume(app, runId, { minutes: 61 });
  assertEquals([lifted.mustAsk, lifted.cost.minutes], [true, 61], "60 were agreed to");
  assertEquals((await planResume(app, runId, { minutes: 60, jobs: 8 })).mustAsk, false);
  await resumeDetached(app, runId, { agreed: "not_asked", limits: { minutes: 7 } });
  await untilWorking(bench, runId, worker);
  const { limits, worker: second } = await bench.state(runId);
  assertEquals(limits.minutes, 7);
  assert(second!.pid !== worker);
  const busy = await assertRejects(() => planResume(app, runId, {}), OuroborosError);
  assertEquals(busy.code, "not_allowed");
  await cancelRun(app, runId, { reason: "" });
  const back = await planResume(app, runId, {});
  assertEquals(back.mustAsk, true, "who cancelled it is asked");
  await resumeDetached(app, runId, { agreed: "asked", limits: {} });
  await untilWorking(bench, runId, second!.pid);
  assertEquals((await cancelRun(app, runId, { reason: "" })).run.state, "cancelled");
  assertEquals(await goneWithin(bench.root, 10_000), []);
});

Deno.test("who waits for a cancel may go: the worker ends the run all the same", async () => {
  await using bench = await benchOf([{ run: "touch began; sleep 300" }]);
  const { app } = bench;
  const { runId } = await startDetached(app, await planDetached(app, inputOf(bench)), {
    agreed: "flag",
  });
  await untilWorking(bench, runId);
  assertEquals((await planDetached(app, inputOf(bench))).goingOn, runId);
  const asked = await cancelRun(app, runId, { reason: "enough", until: AbortSignal.abort() });
  assertEquals([asked.pending, asked.alreadyEnded, asked.run.state], [true, false, "running"]);
  const run = await toEnd(bench, runId);
  assertEquals(run.state, "cancelled");
  assertEquals((await planDetached(app, inputOf(bench))).goingOn, null);
  assertStringIncludes(run.reason, "enough");
  assertEquals(await goneWithin(bench.root, 10_000), []);
});

Deno.test("of starts of one seed in the same moment one is a run, the others are told of it", async () => {
  await using bench = await benchOf([{ run: "touch began; sleep 300" }]);
  const { app } = bench;
  const plan = await planDetached(app, inputOf(bench));
  const ends = await Promise.allSettled(
    Array.from({ length: 4 }, () => startDetached(app, plan, { agreed: "flag" })),
  );
  const ids = ends.flatMap((end) => end.status === "fulfilled" ? [end.value.runId] : []);
  assertEquals(ids.length, 1);
  for (const end of ends) {
    if (end.status === "rejected") {
      assertEquals(end.reason.code, "conflict");
      assertStringIncludes(end.reason.message, ids[0]!);
    }
  }
  assertEquals((await listRuns(app, { all: true, limit: 10 })).length, 1);
  await cancelRun(app, ids[0], { reason: "" });
  assertEquals(await goneWithin(bench.root, 10_000), []);
  const proved = await areOurSlots(app, app.paths.slots);
  assert(proved, "what claims a start is ours to remove");
});

Deno.test("a start that is taken back leaves no run at work, whenever that is", async () => {
  const before = ["at once", "its files are read"];
  for (const after of [...before, "the run is there", "its worker is left to itself"]) {
    await using bench = await benchOf([{ run: "touch began; sleep 300" }]);
    const taken = new AbortController();
    if (after === "at once") taken.abort();
    const journal = await bench.app.journal();
    const told = Object.assign(Object.create(journal), {
      async append(...args: Parameters<typeof journal.append>) {
        const stored = await journal.append(...args);
        if (after === "the run is there") taken.abort();
        return stored;
      },
    });
    const { processes } = bench.app;
    const seen = Object.assign(Object.create(processes), {
      async detach(...args: Parameters<typeof processes.detach>) {
        const worker = await processes.detach(...args);
        taken.abort();
        return worker;
      },
    });
    const git: typeof bench.app.git = (args, call) => {
      if (after === "its files are read") taken.abort();
      return bench.app.git(args, call);
    };
    const plan = await planDetached(bench.app, inputOf(bench));
    const app: AppBench["app"] = Object.create(bench.app, {
      journal: { value: () => Promise.resolve(told) },
      processes: { value: seen },
      git: { value: git },
    });
    const error = await assertRejects(
      () => startDetached(app, plan, { agreed: "flag", signal: taken.signal }),
      OuroborosError,
    );
    assertEquals(error.code, "cancelled", after);
    const [run] = await listRuns(bench.app, { all: true, limit: 10 });
    if (before.includes(after)) assertEquals(run, undefined, after);
    else assertEquals((await toEnd(bench, run!.runId)).state, "cancelled", after);
    assertEquals(await goneWithin(bench.root, 10_000), []);
  }
});

Deno.test("what cannot be run is refused before anything of it exists", async () => {
  await using bench = await benchOf([WRITES]);
  const { app } = bench;
  for (const seedText of ["goal: [", "acceptance_criteria: 1\n", ""]) {
    const input = { ...inputOf(bench), source: "", seedText };
    const error = await assertRejects(() => planDetached(app, input), OuroborosError);
    assertEquals(error.code, "seed_invalid", seedText);
  }
  const plan = await planDetached(app, { ...inputOf(bench), source: "", seedText: SEED });
  assertEquals(plan.cost.goal, "A greeting");
  assertEquals(await Deno.lstat(app.paths.root).catch(() => null), null);
});

/** The pid of the worker once its agent works. */
async function untilWorking(bench: AppBench, id: string, before?: number): Promise<number> {
  while (true) {
    const { worker, children } = await bench.state(id);
    if (worker !== null && worker.pid !== before && children.length > 0) return worker.pid;
    await bench.app.clock.sleep(50);
  }
}
