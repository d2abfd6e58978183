import { assertEquals, assertRejects } from "@std/assert";
import { unsetNames } from "../../../lib/app/unset_names.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { appBench } from "../../helpers/app_bench.ts";
import { noticesOf } from "../../helpers/notices_of.ts";

const SEED = `schema: 1
goal: One file
acceptance_criteria: [{ id: one, description: one.txt, check: { run: test -e one.txt } }]
`;
const NOT_CONFIGURED = "No runtime is configured: The smith agent is used (--runtime NAME)";
const TOKEN = "OUROBOROS_TEST_HANDED_TOKEN";

Deno.test("names that are set for nothing are found, also by their beginning, values unseen", async () => {
  await using bench = await appBench();
  Deno.env.set(TOKEN, "two\nlines");
  try {
    const names = [TOKEN, "OUROBOROS_TEST_HANDED_*", "NOT_SET_HERE", "NOT_SET_EITHER_*"];
    assertEquals(await unsetNames(bench.app, names), ["NOT_SET_HERE", "NOT_SET_EITHER_*"]);
    assertEquals(await unsetNames(bench.app, []), []);
  } finally {
    Deno.env.delete(TOKEN);
  }
});

Deno.test("a resume without a variable of the run's start is refused before anything is paid", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: "echo x > one.txt",
  });
  const interrupt = new AbortController();
  Deno.env.set(TOKEN, "t");
  const { view, progress } = await bench.start({ env: [TOKEN] }, {
    interrupt: interrupt.signal,
    confirm: () => {
      interrupt.abort("Interrupted by Ctrl-C");
      return Promise.resolve({ go: true, anyway: false, how: "flag" });
    },
  }).finally(() => Deno.env.delete(TOKEN));
  assertEquals([view.state, noticesOf(progress)], ["interrupted", [NOT_CONFIGURED]]);
  const refused = await assertRejects(() => bench.resume(view.runId), OuroborosError);
  assertEquals([refused.code, refused.hint], [
    "usage",
    `${TOKEN}=… ouroboros resume ${view.runId}; ` +
    `to go on without: ${TOKEN}= ouroboros resume ${view.runId}`,
  ]);
  assertEquals(await bench.starts(), []);
  Deno.env.set(TOKEN, "");
  const end = await bench.resume(view.runId).finally(() => Deno.env.delete(TOKEN));
  assertEquals(end.view.state, "passed");
});

Deno.test("a run says of a variable that is not set that nothing is handed on", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: "echo x > one.txt" });
  const { progress } = await bench.start({ env: [TOKEN] });
  assertEquals(noticesOf(progress), [
    NOT_CONFIGURED,
    `The variable "${TOKEN}" is not set here: nothing is handed on`,
  ]);
});
