import { assertEquals, assertRejects } from "@std/assert";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { sha256 } from "../../../../lib/kernel/digest.ts";
import { setupApp } from "../../../helpers/setup_app.ts";

/** What a setup leaves that was killed when its only file was written. */
async function cutOff(bench: Awaited<ReturnType<typeof setupApp>>): Promise<string> {
  const path = `${bench.home}/.ant/half`;
  await bench.write(".ant/half", "new\n");
  const lines = [
    {
      version: 1,
      token: "0123456789abcdef",
      steps: [{ path, before: null, after: sha256("new\n") }],
      made: [],
      emptied: [],
    },
    { phase: "rolling_back" },
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  await bench.write(".ouroboros/install.pending.json", text);
  return path;
}

Deno.test("what an earlier setup left half done is ended first, and told", async () => {
  for (const verb of ["setup", "uninstall"] as const) {
    await using bench = await setupApp();
    const path = await cutOff(bench);
    const { steps } = verb === "setup"
      ? await bench.setup({ names: ["ant"] })
      : await bench.uninstall();
    assertEquals(steps[0], {
      step: "recovered",
      outcome: "rolled_back",
      files: [path],
      kept: [],
    });
    assertEquals(await Deno.lstat(path).catch(() => null), null);
  }
});

Deno.test("a dry run ends nothing: it says that there is something to end", async () => {
  await using bench = await setupApp();
  await cutOff(bench);
  const before = await bench.tree();
  for (
    const attempt of [
      () => bench.setup({ names: ["ant"], dryRun: true }),
      () => bench.uninstall({ dryRun: true }),
    ]
  ) {
    const error = await assertRejects(attempt, OuroborosError);
    assertEquals(error.code, "setup_unfinished");
  }
  assertEquals(await bench.tree(), before);
});
