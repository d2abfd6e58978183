import { assert, assertEquals, assertMatch } from "@std/assert";
import { waitRun } from "../../../lib/app/wait_run.ts";
import { appBench } from "../../helpers/app_bench.ts";
import { onlyRun, startWorker, untilNote } from "../../helpers/app_worker.ts";

const SEED = `schema: 1
goal: A greeting
acceptance_criteria:
  - id: hello
    description: hello.txt says hello
    check: { run: grep -qx hello hello.txt }
`;

/** The first try is wrong; the agent works on once the test says so. */
const TWO_TRIES = `echo $$ > "$notes/agent"
while [ ! -e "$notes/go" ]; do sleep 0.05; done
[ -e "$notes/tried" ] && echo hello > hello.txt
echo > "$notes/tried"; echo draft > other.txt`;

const never = new AbortController().signal;

Deno.test("a wait wakes where somebody may act, and not at every event", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: TWO_TRIES });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  const id = await onlyRun(bench);
  const early = await waitRun(bench.app, id, { timeoutMs: 0, until: never });
  assertEquals([early.changes, early.run.state], [[], "running"]);

  const heard: string[] = [];
  const waiting = waitRun(bench.app, id, {
    cursor: early.cursor,
    timeoutMs: 60_000,
    until: never,
    onEvent: (event) => heard.push(event.type),
  });
  await Deno.writeTextFile(`${bench.notes}/go`, "");
  const first = await waiting;
  assertEquals(first.changes, ["Criterion hello: try 2"]);
  assert(heard.includes("attempt.recorded") && heard.includes("attempt.checked"), heard.join());

  let cursor = first.cursor;
  const changes: string[] = [];
  while (true) {
    const next = await waitRun(bench.app, id, { cursor, timeoutMs: 60_000, until: never });
    changes.push(...next.changes);
    assert(next.cursor > cursor, "woken without an event");
    cursor = next.cursor;
    if (next.run.state !== "running") break;
  }
  assertEquals((await worker.status).code, 0);
  assertMatch(changes[0]!, /^Criterion hello: passed/);
  assertMatch(changes.at(-1)!, /^Run: passed: 1 of 1 criteria hold/);

  // From any place of the past: at once, with all that came since.
  const events = await bench.events(id);
  const since = await waitRun(bench.app, id, { cursor: 1, timeoutMs: 60_000, until: never });
  assertEquals([since.cursor, since.changes.length], [events.length, 2]);
  const over = await waitRun(bench.app, id, { timeoutMs: 60_000, until: never });
  assertEquals([over.changes, over.run.state], [[], "passed"]);
});

Deno.test("a wait ends with its time, and at once with whoever waited", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: TWO_TRIES });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  const id = await onlyRun(bench);
  const began = performance.now();
  const timed = await waitRun(bench.app, id, { timeoutMs: 700, until: never });
  assertEquals([timed.changes, timed.run.state], [[], "running"]);
  assert(performance.now() - began >= 700);
  const gone = new AbortController();
  const waiting = waitRun(bench.app, id, { timeoutMs: 600_000, until: gone.signal });
  gone.abort();
  assertEquals((await waiting).run.state, "running");
  worker.kill("SIGKILL");
  await worker.status;
});

Deno.test("a worker that is gone ends a wait", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: TWO_TRIES });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  const id = await onlyRun(bench);
  const waiting = waitRun(bench.app, id, { timeoutMs: 600_000, until: never });
  worker.kill("SIGKILL");
  await worker.status;
  const { run, changes } = await waiting;
  assertEquals([run.state, changes], ["interrupted", ["Run: interrupted: Its worker is gone"]]);
});
