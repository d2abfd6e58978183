import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { acceptCriterion } from "../../../../lib/app/accept_criterion.ts";
import { diffRun } from "../../../../lib/app/diff_run.ts";
import { runReceipts } from "../../../../lib/app/run_receipts.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { appBench, dataOf } from "../../../helpers/app_bench.ts";

/** Its first criterion can never pass. */
const SEED = `schema: 1
goal: Two words
acceptance_criteria:
  - { id: one, description: It says one, check: { run: test -e never.txt } }
  - { id: two, description: It says two, check: { run: grep -q two shared.txt } }
`;

Deno.test("work of earlier tries stands though the last one began afresh and came to nothing", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: `if [ $criterion = two ]; then echo two > shared.txt
      elif [ $n = 1 ]; then echo right > one.txt
      elif [ $n = 3 ]; then echo fail agent_failed crashed; fi`,
  });
  const { view } = await bench.start({});
  assertEquals(view.criteria.map((one) => one.state), ["failed", "passed"]);
  const id = view.runId;
  const starts = dataOf(await bench.events(id), "attempt.started");
  assertEquals(starts.filter((one) => one.criterion === "one").map((one) => one.fresh), [
    ...[false, false, true],
  ]);
  const shown = await diffRun(bench.app, id, { criterion: "one" });
  assertEquals(shown.changed.map((one) => one.path), ["one.txt"]);
  const done = await acceptCriterion(bench.app, id, { criterion: "one", reason: "it is right" });
  assertEquals([done.state, done.criteria[0]!.withoutWork], ["passed", false]);
  assertEquals((await diffRun(bench.app, id, {})).changed.map((one) => one.path), [
    "one.txt",
    "shared.txt",
  ]);
  const { receipts } = await runReceipts(bench.app, id, { criterion: "one", width: 80 });
  const kept = dataOf(await bench.events(id), "attempt.recorded")
    .find((one) => one.criterion === "one");
  assertEquals(receipts[0]!.receipt.replayable.tree, kept?.tree);
});

Deno.test("where no try changed a file there is nothing to accept but the criterion itself", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: `[ $criterion = one ] || echo two > shared.txt`,
  });
  const { view: { runId: id } } = await bench.start({ limits: { attempts: 1 } });
  const wish = { criterion: "one", reason: "it holds" };
  const error = await assertRejects(() => acceptCriterion(bench.app, id, wish), OuroborosError);
  assertEquals(error.code, "not_allowed");
  assertStringIncludes(error.hint ?? "", `accept ${id} one --without-work`);
  const view = await acceptCriterion(bench.app, id, { ...wish, withoutWork: true });
  assertEquals([view.state, view.criteria[0]!.state], ["passed", "accepted"]);
});
