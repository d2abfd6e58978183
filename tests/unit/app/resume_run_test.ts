import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { diffRun } from "../../../lib/app/diff_run.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import type { RunEvent } from "../../../lib/engine/run/events.ts";
import { resumeRun } from "../../../lib/app/resume_run.ts";
import {
  type AppBench,
  appBench,
  dataOf,
  follow,
  openApp,
  runHooks,
} from "../../helpers/app_bench.ts";
import { onlyRun, startWorker, untilNote } from "../../helpers/app_worker.ts";
import { goneWithin, processesIn } from "../../helpers/processes_in.ts";

const SEED = `schema: 1
goal: Two files
acceptance_criteria:
  - id: one
    description: one.txt says right
    check:
      run: 'echo one >> "$CHECKS"; grep -qx right one.txt'
  - id: two
    description: two.txt is there
    depends_on: [one]
    check: { run: test -e two.txt }
`;

/** Wrong at first, right once something is there. */
const PLAY = `case $criterion in
  one) if [ -e one.txt ]; then echo right > one.txt; else echo wrong > one.txt; fi;;
  two) echo 2 > two.txt;;
esac`;

/** An uninterrupted run of {@link SEED} writes so many events. */
const EVENTS = 26;

async function seededBench(play = PLAY): Promise<AppBench> {
  const bench = await appBench({ play });
  const seed = SEED.replace("$CHECKS", `${bench.notes}/checks`);
  await Deno.writeTextFile(`${bench.project}/seed.yaml`, seed);
  return bench;
}

/** Nothing that was finished may be paid for or checked a second time. */
function assertNothingTwice(events: readonly RunEvent[], what: string): void {
  const settled = new Set<string>();
  const seen = new Set<string>();
  for (const event of events) {
    if (event.type === "criterion.settled") settled.add(event.data.criterion);
    if (event.type === "attempt.started") {
      assert(!settled.has(event.data.criterion), `${what}: worked on after it was settled`);
    }
    if (/^(attempt|branch)\./.test(event.type)) {
      const data = event.data as { criterion: string; attempt: number };
      const key = `${event.type} ${data.criterion} ${data.attempt}`;
      assert(!seen.has(key), `${what}: ${key} stands there twice`);
      seen.add(key);
    }
  }
  const claimed = dataOf(events, "attempt.ended").filter((one) =>
    one.outcome.reason === "completed"
  );
  // Killed right after it began, an agent may have done its work and not have said so.
  assert(claimed.filter((one) => one.criterion === "two").length <= 1, what);
}

async function assertSameEnd(bench: AppBench, id: string, what: string): Promise<void> {
  const { changed } = await diffRun(bench.app, id, {});
  assertEquals(changed.map((one) => one.path), ["one.txt", "two.txt"], what);
  const dirty = [...Deno.readDirSync(bench.project)].map((one) => one.name);
  assertEquals(dirty, ["seed.yaml"], `${what}: the user's files are untouched`);
  assertNothingTwice(await bench.events(id), what);
}

async function dieAndGoOn(dieAfter: number): Promise<void> {
  const what = `killed after event ${dieAfter}`;
  await using bench = await seededBench();
  const { signal } = await startWorker(bench, { dieAfter }).status;
  assertEquals(signal, "SIGKILL", what);
  const id = await onlyRun(bench);
  const before = await bench.state(id);
  if (before.ended === null) {
    const { view } = await bench.resume(id);
    assertEquals([view.state, view.exit], ["passed", 0], what);
  } else {
    assertEquals(dieAfter, EVENTS);
  }
  await assertSameEnd(bench, id, what);
  assertEquals(await goneWithin(bench.root, 5000), [], what);
}

Deno.test("a worker that is killed after an event is followed by one that comes to the same end", async () => {
  // A few from the first to the last: tests/crash kills after each one of a longer run.
  const points = Array.from({ length: EVENTS }, (_, index) => index + 1)
    .filter((one) => one % 3 === 1 || one === EVENTS);
  const lanes = [points.filter((one) => one % 2 === 0), points.filter((one) => one % 2 === 1)];
  const ends = await Promise.allSettled(lanes.map(async (lane) => {
    for (const point of lane) await dieAndGoOn(point);
  }));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
});

Deno.test("a worker that is killed while an agent works takes it along; its work and session go on", async () => {
  await using bench = await seededBench(`
    if [ "$criterion.$n" = one.1 ]; then
      # What it said before has to be on its way before it is killed.
      echo right > one.txt; echo here > part.txt; sleep 1; echo $$ > "$notes/agent"; sleep 300
    fi
    ${PLAY}`);
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  worker.kill("SIGKILL");
  await worker.status;
  assertEquals(await goneWithin(bench.root, 10_000), []);
  const id = await onlyRun(bench);
  const { view } = await bench.resume(id);
  assertEquals(view.state, "passed");
  // What was there when it died was enough: no second agent was paid for it.
  assertEquals(await bench.starts(), ["one 1 -", "two 1 -"]);
  const [ended] = dataOf(await bench.events(id), "attempt.ended");
  assertEquals([ended?.outcome.reason, ended?.outcome.sessionId], ["cancelled", "s-one-1"]);
});

Deno.test("a worker that is killed while a check runs leaves no process; the check runs again", async () => {
  await using bench = await seededBench();
  const seed = SEED.replace(
    `echo one >> "$CHECKS";`,
    `[ ! -e one.txt ] || [ -e ${bench.notes}/checking ] || ` +
      `{ echo x > ${bench.notes}/checking; sleep 300; };`,
  );
  await Deno.writeTextFile(`${bench.project}/seed.yaml`, seed);
  const worker = startWorker(bench);
  await untilNote(bench, "checking");
  worker.kill("SIGKILL");
  await worker.status;
  assertEquals(await goneWithin(bench.root, 10_000), []);
  const id = await onlyRun(bench);
  const { view } = await bench.resume(id);
  assertEquals(view.state, "passed");
  await assertSameEnd(bench, id, "killed in a check");
  assertEquals(await bench.starts(), ["one 1 -", "one 2 s-one-1", "two 1 -"]);
});

Deno.test({
  name: "an agent that outlived its worker and the guard is ended before a resume goes on",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using bench = await seededBench(`
      if [ "$criterion.$n" = one.1 ]; then echo $$ > "$notes/agent"; sleep 300; fi
      ${PLAY}`);
    const worker = startWorker(bench);
    const agent = await untilNote(bench, "agent");
    for (const line of await processesIn(`ouroboros-guard of ${worker.pid}`)) kill(line);
    worker.kill("SIGKILL");
    await worker.status;
    assert((await processesIn(bench.root)).some((one) => one.startsWith(`${agent} `)));
    const id = await onlyRun(bench);
    const { view, progress } = await bench.resume(id);
    assertEquals(view.state, "passed");
    assertEquals(await goneWithin(bench.root, 0), []);
    const told = progress.findIndex((one) => one.type === "notice" && /^Ended \d/.test(one.text));
    const next = progress.findIndex((one) =>
      one.type === "event" && one.event.type === "attempt.started"
    );
    assert(told >= 0 && told < next, "it is ended before another one starts");
  },
});

/** `line`: one of {@link processesIn}. */
function kill(line: string): void {
  Deno.kill(parseInt(line), "SIGKILL");
}

Deno.test("a recording goes on after an interruption with the attempt that was cut off", async () => {
  await using bench = await seededBench();
  const started = `${bench.notes}/agent`;
  const attempts = [
    { criterion: "one", attempt: 1, steps: [{ write: "one.txt", text: "wrong\n" }] },
    {
      criterion: "one",
      attempt: 2,
      steps: [
        // It outlives the player, which so never comes to the next step.
        { run: `[ -e '${started}' ] || { trap '' TERM; echo $$ > '${started}'; sleep 300; }` },
        { write: "one.txt", text: "right\n" },
      ],
    },
    { criterion: "two", attempt: 1, steps: [{ write: "two.txt", text: "2\n" }] },
  ].map((one) => ({ ...one, finalText: "Done" }));
  const recording = { schema: 1, title: "Two files", runtime: "smith", attempts };
  await Deno.writeTextFile(`${bench.project}/recording.json`, JSON.stringify(recording));
  const stop = new AbortController();
  const working = bench.start({ recording: "recording.json" }, { interrupt: stop.signal });
  await untilNote(bench, "agent");
  stop.abort();
  const { view } = await working;
  assertEquals(view.state, "interrupted");
  const again = await bench.resume(view.runId);
  assertEquals([again.view.state, again.view.reason], ["passed", "2 of 2 criteria hold"]);
  assertEquals(again.view.criteria.map((one) => one.tries), [3, 1]);
});

Deno.test("another home folder than the one that a run began with is said, with the way back", async () => {
  await using bench = await seededBench();
  await startWorker(bench, { dieAfter: 8 }).status;
  const id = await onlyRun(bench);
  const home = `${bench.root}/other`;
  await Deno.mkdir(home);
  const app = openApp(bench, { env: { HOME: home } });
  const { progress } = await follow(resumeRun(app, id, { limits: {}, env: [] }, runHooks()));
  const said = progress.flatMap((one) =>
    one.type === "notice" && one.text.startsWith("The home folder") ? [one.text] : []
  );
  assertEquals(said.length, 1);
  assertStringIncludes(
    said[0]!,
    `is "${home}" now; the run began with "${bench.root}/home".`,
  );
  assert(said[0]!.endsWith(`HOME=${bench.root}/home ouroboros resume ${id}`), said[0]);
  await app.close();
  assertEquals((await bench.state(id)).ended?.result, "passed");
});

Deno.test("a run that is not found is told with the place that was looked in", async () => {
  await using bench = await seededBench();
  await bench.app.journal();
  for (const word of ["run_0123456789abcdefgh", "abcdefgh"]) {
    const error = await assertRejects(() => bench.resume(word), OuroborosError);
    assertEquals(error.code, "not_found");
    assertStringIncludes(error.message, `the journal in "${bench.root}/ours" has none of that id`);
    assertStringIncludes(error.hint ?? "", "OUROBOROS_HOME");
  }
});
