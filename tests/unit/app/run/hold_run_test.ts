import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import {
  holdRun,
  refuseHeld,
  takeRunOver,
  whileHolding,
} from "../../../../lib/app/run/hold_run.ts";
import { type LeaseHolder, leaseState, tryLease } from "../../../../lib/app/run/lease.ts";
import { workHanded } from "../../../../lib/app/resume_run.ts";
import { workerLives } from "../../../../lib/app/show_run.ts";
import { requestStream, runEvent, runStream } from "../../../../lib/engine/run/events.ts";
import { runRequest } from "../../../../lib/engine/run/requests.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { type AppBench, appBench, follow } from "../../../helpers/app_bench.ts";

const SEED = `schema: 1
goal: A greeting
acceptance_criteria:
  - { id: hello, description: It says hello, check: { run: grep -qx hello hello.txt } }
`;
/** No process of this machine. */
const UNSEEN: LeaseHolder = {
  pid: 2 ** 22 + 7,
  startTime: "another container",
  marker: "far.",
  since: new Date(2026, 0, 2, 3, 4).toISOString(),
};

/** A run that was interrupted before its plan was agreed to, and its folder. */
async function interruptedRun(bench: AppBench): Promise<{ id: string; dir: string }> {
  const stop = new AbortController();
  const { view } = await bench.start({}, {
    interrupt: stop.signal,
    confirm: () => {
      stop.abort();
      return Promise.resolve({ go: true, anyway: false, how: "flag" });
    },
  });
  return { id: view.runId, dir: join(bench.root, "ours", "runs", view.runId) };
}

const newBench = () => appBench({ files: { "seed.yaml": SEED }, play: "echo hello > hello.txt" });

Deno.test("a run that a process holds is refused by its pid and since when", async () => {
  await using bench = await newBench();
  const { id } = await interruptedRun(bench);
  const mine = await holdRun(bench.app, id, { action: "Test" });
  const error = await assertRejects(
    () => holdRun(bench.app, id, { action: "Test it" }),
    OuroborosError,
    `Test it: process ${Deno.pid} works on it, since 20`,
  );
  assertEquals([error.code, error.hint], ["not_allowed", `ouroboros watch ${id}`]);
  const waiting = holdRun(bench.app, id, { action: "Test", patienceMs: 20_000 });
  mine.release();
  (await waiting).release();
  assertEquals(
    await whileHolding(bench.app, { runId: id, action: "Test" }, async () => {
      return (await leaseState(join(bench.root, "ours", "runs", id))).is;
    }),
    "held",
  );
  await refuseHeld(bench.app, await bench.state(id), "Test");
});

Deno.test("whoever looks at a run takes it from nobody who wants it", async () => {
  await using bench = await newBench();
  const { id, dir } = await interruptedRun(bench);
  let looking = true;
  // More often than all who look at a run would.
  const looks = Array.from({ length: 4 }, async () => {
    while (looking) {
      await leaseState(dir);
      await new Promise((done) => setTimeout(done, 1));
    }
  });
  try {
    for (let round = 0; round < 30; round++) {
      (await holdRun(bench.app, id, { action: `Round ${round}` })).release();
    }
  } finally {
    looking = false;
    await Promise.all(looks);
  }
});

Deno.test("a holder that cannot be seen keeps the run, and loses it to force alone", async () => {
  await using bench = await newBench();
  const { id, dir } = await interruptedRun(bench);
  const far = await tryLease(dir, UNSEEN);
  const error = await assertRejects(
    () => holdRun(bench.app, id, { action: "Test" }),
    OuroborosError,
    `Test: process ${UNSEEN.pid} holds it, since 2026-01-02 03:04, and cannot be seen from here`,
  );
  assertEquals(error.hint, `To go on without it: ouroboros resume ${id} --take-over`);
  const lease = await takeRunOver(bench.app, id, "Test");
  const now = await leaseState(dir);
  assert(now.is === "held" && now.holder?.pid === Deno.pid);
  lease.release();
  far!.release();
  assertEquals((await bench.resume(id, { takeOver: true })).view.state, "passed");
});

Deno.test("what a worker wrote last, or a run that was never held, decides where no lease is", async () => {
  await using bench = await newBench();
  const { id, dir } = await interruptedRun(bench);
  const state = await bench.state(id);
  state.interrupted = null;
  assertEquals(await workerLives(bench.app, state), false, "the lease is free");
  await Deno.remove(join(dir, "lease"));
  assertEquals(await workerLives(bench.app, state), true, "its pid lives: this process");
  state.worker = { ...state.worker!, startTime: "earlier" };
  assertEquals(await workerLives(bench.app, state), false);
});

Deno.test("a hand-over is for the process that the holder started: no other one's claim fences it off", async () => {
  await using bench = await newBench();
  const { id, dir } = await interruptedRun(bench);
  const far = await tryLease(dir, UNSEEN);
  const journal = await bench.app.journal();
  await journal.append(runStream(id), [
    runEvent("run.confirmed", { anyway: false, how: "flag" }),
  ]);
  const before = await journal.owner(runStream(id));
  const input = { env: [], record: undefined, requestsBefore: 0, agreed: undefined };
  await assertRejects(
    () => follow(workHanded(bench.app, id, input, new AbortController().signal)),
    OuroborosError,
    "holds it",
  );
  assertEquals(await journal.owner(runStream(id)), before);
  far!.release();
});

Deno.test("a plan that nobody agreed to is not worked on without a terminal", async () => {
  await using bench = await newBench();
  const { id } = await interruptedRun(bench);
  const input = { env: [], record: undefined, requestsBefore: 0, agreed: undefined };
  const error = await assertRejects(
    () => follow(workHanded(bench.app, id, input, new AbortController().signal)),
    OuroborosError,
  );
  assertEquals([error.code, error.hint], [
    "needs_input",
    `ouroboros resume ${id} --detach`,
  ]);
});

Deno.test("a cancel that comes while a run is handed over is for whoever takes over", async () => {
  await using bench = await newBench();
  const { id } = await interruptedRun(bench);
  const journal = await bench.app.journal();
  await journal.append(runStream(id), [
    runEvent("run.confirmed", { anyway: false, how: "flag" }),
  ]);
  const ask = () =>
    journal.append(requestStream(id), [runRequest("cancel.requested", { by: "ada", reason: "" })]);
  await ask();
  await ask();
  const input = { env: [], record: undefined, requestsBefore: 1, agreed: undefined };
  const { view } = await follow(workHanded(bench.app, id, input, new AbortController().signal));
  assertEquals([view.state, view.reason], ["cancelled", "Cancelled by ada"]);
});
