import { assertEquals, assertStringIncludes } from "@std/assert";
import { changedSinceFrozen } from "../../../../lib/app/seeds/changed_since_frozen.ts";
import { showSeed } from "../../../../lib/app/seeds/show_seed.ts";
import { planRun } from "../../../../lib/app/plan_run.ts";
import { answeringBench } from "../../../helpers/answering_agent.ts";
import { runInput } from "../../../helpers/app_bench.ts";
import { converse, FILES, GOOD } from "../../../helpers/interview_converse.ts";

Deno.test("a frozen seed into which somebody wrote is told as that, where it is shown and where it is run", async () => {
  await using bench = await answeringBench(GOOD, { files: FILES });
  const { app } = bench;
  const { id, path } = (await converse(bench)).view.seed!;
  assertEquals((await showSeed(app, id!)).warnings, []);
  const text = (await Deno.readTextFile(path!)).replace("greet.sh greets", "anything goes");
  await Deno.writeTextFile(path!, text);
  const [warning] = (await showSeed(app, id!)).warnings;
  assertStringIncludes(warning!.message, "its file was changed since");
  const plan = await planRun(app, { ...runInput(bench), source: id! }, {
    ...{ admit: false, cancel: new AbortController().signal },
  });
  assertStringIncludes(plan.notices[0]!, "Seed, file: It is not what interview");
  assertEquals(await changedSinceFrozen(app, "seed.yaml", text), [], "one of the project");
});
