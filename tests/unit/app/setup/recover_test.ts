import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { cutOffSetup } from "../../../helpers/cut_off_setup.ts";
import { setupApp } from "../../../helpers/setup_app.ts";

Deno.test("what an earlier setup left half done is ended first, and told", async () => {
  for (const verb of ["setup", "uninstall"] as const) {
    await using bench = await setupApp();
    const path = await cutOffSetup(bench);
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
  await cutOffSetup(bench);
  const before = await bench.tree();
  for (
    const attempt of [
      () => bench.setup({ names: ["ant"], dryRun: true }),
      () => bench.uninstall({ dryRun: true }),
    ]
  ) {
    const error = await assertRejects(attempt, OuroborosError);
    assertEquals(error.code, "setup_unfinished");
    assertStringIncludes(error.message, "was cut off");
  }
  assertEquals(await bench.tree(), before);
});
