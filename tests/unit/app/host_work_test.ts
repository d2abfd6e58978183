import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { cancelRun } from "../../../lib/app/cancel_run.ts";
import { findRun } from "../../../lib/app/find_run.ts";
import { type HandedWork, hostWork, type HostWorkFound } from "../../../lib/app/host_work.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { type AppBench, appBench } from "../../helpers/app_bench.ts";

const SEED = `schema: 1
goal: The shop greets
acceptance_criteria:
  - id: greet
    description: greet.sh prints hello
    check: { run: '[ "$(sh greet.sh)" = hello ]' }
`;

/** The definition of the program that waits for a host, and plays nothing. */
const WAITS = "byhost";

const ask = (
  { app }: AppBench,
  handed?: HandedWork,
  timeoutMs = 30_000,
): Promise<HostWorkFound> =>
  hostWork(app, undefined, { handed, timeoutMs, signal: new AbortController().signal });

/** Waits until the run is in the journal. */
async function begun({ app }: AppBench): Promise<void> {
  while (!await findRun(app, undefined).catch(() => undefined)) await app.clock.sleep(20);
}

Deno.test("work is handed out, taken in and checked, with the counterexample of a wrong one", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED } });
  const run = bench.start({ runtime: WAITS });
  await begun(bench);
  const { work } = await ask(bench);
  assert(work);
  assertEquals([work.criterion, work.attempt], ["greet", 1]);
  assertEquals((await ask(bench)).work, work, "asked twice, it is the same");
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
  await using bench = await appBench({ files: { "seed.yaml": SEED } });
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
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: "echo hello" });
  await bench.start({});
  const error = await assertRejects(() => ask(bench), OuroborosError, "works on it");
  assertEquals(error.code, "usage");
});
