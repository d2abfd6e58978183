import { assert, assertEquals, assertRejects } from "@std/assert";
import { dirname, join } from "@std/path";
import { cancelRun } from "../../../../lib/app/cancel_run.ts";
import { planPurge, purge } from "../../../../lib/app/setup/purge.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { appBench } from "../../../helpers/app_bench.ts";
import { onlyRun, startWorker, untilNote } from "../../../helpers/app_worker.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

const SEED = `schema: 1
goal: A greeting
acceptance_criteria:
  - id: hello
    description: hello.txt says hello
    check: { run: grep -qx hello hello.txt }
`;

Deno.test("nothing is purged while a run is worked on; afterwards everything of ours", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: `echo > "$notes/agent"; sleep 300`,
  });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  const id = await onlyRun(bench);
  const error = await assertRejects(() => planPurge(bench.app), OuroborosError);
  assertEquals([error.code, error.hint], ["not_allowed", `ouroboros cancel ${id}`]);

  await cancelRun(bench.app, id, { reason: "" });
  await worker.status;
  const plan = await planPurge(bench.app);
  assert(plan!.bytes > 0);
  assertEquals(plan!.left, []);
  await purge(bench.app, plan!);
  assertEquals(await Deno.lstat(bench.app.paths.root).catch(() => null), null);
  assertEquals(await planPurge(bench.app), null);
});

for (
  const [whose, text, left] of [
    ["ours", `${"0a".repeat(32)}\n`, []],
    ["somebody's", "a word of another program\n", ["mcp-token"]],
  ] as const
) {
  Deno.test(`in a folder that may hold anything a token that is ${whose} is told apart`, async () => {
    await using dir = await tempDir();
    await using bench = await appBench({ env: { OUROBOROS_HOME: dir.path } });
    await Deno.writeTextFile(join(dir.path, "mcp-token"), text);
    const plan = await planPurge(bench.app);
    assertEquals(plan!.left, left);
    assertEquals(plan!.names.includes("mcp-token"), left.length === 0);
  });
}

for (
  const [whose, files, left] of [
    ["ours", { "seed_1.yaml": "metadata: { seed_id: seed_1 }\n" }, []],
    ["somebody's", { "seed_1.yaml": "metadata: { seed_id: seed_2 }\n" }, ["seeds"]],
    ["ours, and an edit that is not done", {
      "seed_1.yaml": "metadata: { seed_id: seed_1 }\n",
      "edits/seed_1.yaml": "goal: mine\n",
    }, ["seeds"]],
  ] as const
) {
  Deno.test(`in a folder that may hold anything seeds that are ${whose} are told apart`, async () => {
    await using dir = await tempDir();
    await using bench = await appBench({ env: { OUROBOROS_HOME: dir.path } });
    for (const [name, text] of Object.entries(files)) {
      const path = join(dir.path, "seeds", name);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeTextFile(path, text);
    }
    const plan = await planPurge(bench.app);
    assertEquals(plan!.left, left);
    assertEquals(plan!.names.includes("seeds"), left.length === 0);
  });
}
