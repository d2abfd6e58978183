import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { amongOthers } from "../../../../lib/app/setup/among_others.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { beginPending, type Pending } from "../../../../lib/setup/write/pending.ts";
import { type SetupApp, setupApp } from "../../../helpers/setup_app.ts";

const CONFLICT = new OuroborosError({ code: "conflict", message: 'Write "/x": it was changed' });

/** What work ends in that fails, after what others did meanwhile. */
async function ending(
  { app }: SetupApp,
  error: OuroborosError,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Promise<OuroborosError> {
  const work = amongOthers(app, async function* () {
    yield "begun";
    await meanwhile();
    throw error;
  });
  assertEquals(await work.next(), { done: false, value: "begun" });
  return await assertRejects(() => work.next(), OuroborosError);
}

Deno.test("a conflict with another ouroboros is told as that, one with an editor as it is", async () => {
  await using bench = await setupApp();
  assertEquals(await ending(bench, CONFLICT), CONFLICT);
  const done = await ending(bench, CONFLICT, () => bench.setup({ names: ["ant"] }));
  assertEquals([done.code, done.retryable], ["conflict", true]);
  assertStringIncludes(done.message, "another ouroboros was at work meanwhile");
  const plan = { version: 1 as const, token: "0123456789abcdef", steps: [], made: [], emptied: [] };
  let other: Pending | undefined;
  const busy = await ending(bench, CONFLICT, async () => {
    other = await beginPending(bench.app.paths.root, plan);
  });
  assertStringIncludes(busy.message, `another ouroboros (pid ${Deno.pid}) is at work`);
  other![Symbol.dispose]();
});

Deno.test("other errors are left alone", async () => {
  await using bench = await setupApp();
  const error = new OuroborosError({ code: "disk_full", message: "Write: no space" });
  const meanwhile = () => bench.setup({ names: ["ant"] });
  assertEquals(await ending(bench, error, meanwhile), error);
});

Deno.test("what comes back is what the work gives", async () => {
  await using bench = await setupApp();
  const work = amongOthers(bench.app, async function* () {
    yield 1;
    return await Promise.resolve("done");
  });
  assertEquals(await work.next(), { done: false, value: 1 });
  assertEquals(await work.next(), { done: true, value: "done" });
});
