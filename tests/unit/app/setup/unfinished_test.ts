import { assertEquals, assertStringIncludes } from "@std/assert";
import { doctor } from "../../../../lib/app/doctor.ts";
import { lookForUnfinished } from "../../../../lib/app/setup/unfinished.ts";
import { setupStatus } from "../../../../lib/app/setup_status.ts";
import { beginPending } from "../../../../lib/setup/write/pending.ts";
import { pendingPath } from "../../../../lib/setup/write/pending_record.ts";
import { cutOffSetup } from "../../../helpers/cut_off_setup.ts";
import { type SetupApp, setupApp } from "../../../helpers/setup_app.ts";

/** What the status and the examination say of it; both write nothing. */
async function said(bench: SetupApp) {
  const before = await bench.tree();
  const { sections } = await doctor(bench.app);
  const status = await setupStatus(bench.app, {
    names: [],
    tools: ["ouroboros_session_status"],
    interrupt: new AbortController().signal,
  });
  assertEquals(await bench.tree(), before);
  const found = sections.find((one) => one.title === "Leftovers")!.findings;
  return { found, status };
}

Deno.test("a set-up that was cut off is named, with what becomes of it and what to type", async () => {
  for (const [phase, does] of [["rolling_back", "takes it back"], ["committing", "completes it"]]) {
    await using bench = await setupApp();
    const path = await cutOffSetup(bench, phase as "rolling_back");
    const { found, status } = await said(bench);
    assertEquals([status.ok, status.unfinished?.state], [false, "cut off"]);
    assertEquals(status.unfinished?.files, [path]);
    assertStringIncludes(status.unfinished!.text, "was cut off (1 file, ");
    assertStringIncludes(status.unfinished!.hint, `ouroboros setup (${does}`);
    assertEquals([found[0]?.text, found[0]?.hint], [
      status.unfinished!.text,
      status.unfinished!.hint,
    ]);
    await bench.setup({ names: ["ant"] });
    assertEquals((await said(bench)).status.ok, true);
    assertEquals(await Deno.lstat(path).then(() => true, () => false), phase === "committing");
  }
});

Deno.test("one that is at work is told from one that was cut off, by its process", async () => {
  await using bench = await setupApp();
  const { root } = bench.app.paths;
  await Deno.mkdir(root);
  const pending = await beginPending(root, {
    version: 1,
    token: "0123456789abcdef",
    steps: [],
    made: [],
    emptied: [],
  });
  const seen = await lookForUnfinished(bench.app);
  assertEquals([seen?.state, seen?.pid, seen?.outcome], ["at work", Deno.pid, null]);
  assertStringIncludes(seen!.text, `another ouroboros (pid ${Deno.pid}) is at work`);
  assertStringIncludes(seen!.hint, `ps -p ${Deno.pid}`);
  assertEquals((await said(bench)).status.ok, false);
  pending[Symbol.dispose]();
  assertEquals((await lookForUnfinished(bench.app))?.state, "cut off");
});

Deno.test("a record that nobody can read is named", async () => {
  await using bench = await setupApp();
  await bench.write(pendingPath(".ouroboros"), "words\n");
  const { found, status } = await said(bench);
  assertEquals([status.ok, status.unfinished?.state], [false, "damaged"]);
  assertStringIncludes(found[0]!.text, "it is damaged");
});

Deno.test("nothing is said where nothing is left", async () => {
  await using bench = await setupApp();
  const { found, status } = await said(bench);
  assertEquals([status.unfinished, found[0]?.text], [null, "none"]);
});
