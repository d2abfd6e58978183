import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { dirname, join } from "@std/path";
import { cancelRun } from "../../../../lib/app/cancel_run.ts";
import { findRun } from "../../../../lib/app/find_run.ts";
import {
  type HandedWork,
  hostWork,
  type HostWorkFound,
} from "../../../../lib/app/host/host_work.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { type AppBench, appBench, dataOf } from "../../../helpers/app_bench.ts";
import { GREETING_SEED } from "../../../helpers/greeting_seed.ts";

/** The definition of the program that waits for a host, and plays nothing. */
const WAITS = "byhost";

const ask = (
  { app }: AppBench,
  handed?: HandedWork,
  timeoutMs = 30_000,
): Promise<HostWorkFound> =>
  hostWork(app, undefined, { handed, timeoutMs, signal: new AbortController().signal });

/** Two criteria that need nothing of each other, one with a check that nobody is told. */
const TWO = `schema: 1
goal: The shop greets
acceptance_criteria:
  - id: greet
    description: greet.sh prints hello
    checks:
      - run: 'test -f greet.sh'
      - { run: '[ "$(sh greet.sh)" = hello-4711 ]', hidden: true }
  - id: bye
    description: bye.sh prints bye
    check: { run: '[ "$(sh bye.sh)" = bye ]' }
`;

/** Waits until the run is in the journal. */
async function begun({ app }: AppBench): Promise<void> {
  while (!await findRun(app, undefined).catch(() => undefined)) await app.clock.sleep(20);
}

Deno.test("work is handed out, taken in and checked, with the counterexample of a wrong one", async () => {
  await using bench = await appBench({ files: { "seed.yaml": GREETING_SEED } });
  const run = bench.start({ runtime: WAITS });
  await begun(bench);
  const { work } = await ask(bench);
  assert(work);
  assertEquals([work.criterion, work.attempt], ["greet", 1]);
  assertEquals(work.before, false);
  assertEquals((await ask(bench)).work, { ...work, before: true }, "asked twice, it is the same");
  await Deno.writeTextFile(join(work.folder, "greet.sh"), "echo hallo\n");
  const again = (await ask(bench, { ...work, claim: "It greets" })).work;
  assertEquals([again?.criterion, again?.attempt, again?.folder], ["greet", 2, work.folder]);
  assertStringIncludes(again!.prompt, '[ "$(sh greet.sh)" = hello ]');
  const late = await assertRejects(
    () => ask(bench, { ...work, claim: "Again" }),
    OuroborosError,
    "not waited for",
  );
  assertEquals(late.code, "conflict");
  await Deno.writeTextFile(join(work.folder, "greet.sh"), "echo hello\n");
  const end = await ask(bench, { ...again!, claim: "Now it does" });
  assertEquals([end.work, end.run.state], [null, "passed"]);
  const { view } = await run;
  assertEquals([view.state, view.attempts, view.runtime], ["passed", 2, WAITS]);
});

Deno.test("a run that is cancelled takes its offer back, and nothing is left running", async () => {
  await using bench = await appBench({ files: { "seed.yaml": GREETING_SEED } });
  const run = bench.start({ runtime: WAITS });
  await begun(bench);
  const { work } = await ask(bench);
  assert(work);
  const { created } = await findRun(bench.app, undefined);
  await cancelRun(bench.app, created.runId, { reason: "enough" });
  await run;
  await assertRejects(() => ask(bench, { ...work, claim: "Late" }), OuroborosError, "not waited");
  assertEquals((await ask(bench)).work, null);
});

Deno.test("of a run that an agent works on there is no work to take", async () => {
  await using bench = await appBench({ files: { "seed.yaml": GREETING_SEED }, play: "echo hello" });
  await bench.start({});
  const error = await assertRejects(() => ask(bench), OuroborosError, "works on it");
  assertEquals(error.code, "usage");
});

Deno.test("each call gives another criterion, and after work is handed in never one that is being done", async () => {
  await using bench = await appBench({ files: { "seed.yaml": TWO } });
  const run = bench.start({ runtime: WAITS, limits: { jobs: 2, attempts: 2 } });
  await begun(bench);
  const first = (await ask(bench)).work!;
  // Until the other one's process has started, there is only what was handed out.
  let second = (await ask(bench)).work!;
  while (second.before) second = (await ask(bench)).work!;
  assertEquals(new Set([first.criterion, second.criterion]), new Set(["greet", "bye"]));
  const third = (await ask(bench)).work!;
  assert(third.before, "nobody knows whether whoever took it still lives");
  const [greet, bye] = first.criterion === "greet" ? [first, second] : [second, first];
  assertEquals(greet.prompt.includes("4711"), false, "hidden checks are not told");
  await Deno.writeTextFile(join(greet.folder, "greet.sh"), "echo hello\n");
  const again = (await ask(bench, { ...greet, claim: "It greets" })).work!;
  assertEquals([again.criterion, again.attempt, again.before], ["greet", 2, false]);
  assertEquals(again.prompt.includes("4711"), false, "nor is what a hidden one said");
  await Deno.writeTextFile(join(bye.folder, "bye.sh"), "echo bye\n");
  const none = await ask(bench, { ...bye, claim: "It says bye" }, 300);
  assertEquals([none.work, none.atRest], [null, false], "the rest is being done");
  await Deno.writeTextFile(join(again.folder, "greet.sh"), "echo hello-4711\n");
  const end = await ask(bench, { ...again, claim: "By its number" });
  assertEquals([end.work, end.atRest, end.run.state], [null, true, "passed"]);
  await run;
});

Deno.test("of two who hand the same work in, one does", async () => {
  await using bench = await appBench({ files: { "seed.yaml": GREETING_SEED } });
  const run = bench.start({ runtime: WAITS });
  await begun(bench);
  const work = (await ask(bench)).work!;
  await Deno.writeTextFile(join(work.folder, "greet.sh"), "echo hello\n");
  const ends = await Promise.allSettled(
    ["one", "two", "three"].map((claim) => ask(bench, { ...work, claim })),
  );
  const refused = ends.flatMap((one) => one.status === "rejected" ? [one.reason.code] : []);
  assertEquals(refused, ["conflict", "conflict"]);
  assertEquals((await run).view.attempts, 1);
});

Deno.test("a host that does not come back has used a try up, and what it left is checked", async () => {
  await using bench = await appBench({ files: { "seed.yaml": GREETING_SEED } });
  const { config } = bench.app.paths;
  await Deno.mkdir(dirname(config), { recursive: true });
  await Deno.writeTextFile(config, "runtimes:\n  byhost: { limits: { total: 5s } }\n");
  const run = bench.start({ runtime: WAITS, limits: { attempts: 2 } });
  await begun(bench);
  let work = (await ask(bench)).work!;
  while (work.attempt === 1) work = (await ask(bench)).work!;
  assertStringIncludes(work.prompt, "An earlier try");
  await Deno.writeTextFile(join(work.folder, "greet.sh"), "echo hello\n");
  const { view } = await run;
  assertEquals([view.state, view.attempts], ["passed", 2]);
  const ends = dataOf(await bench.events(view.runId), "attempt.ended");
  assertEquals(ends.map((one) => one.outcome.reason), ["timed_out", "timed_out"]);
});
