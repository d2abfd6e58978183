import { assertEquals, assertStringIncludes } from "@std/assert";
import { crowded, receiptMark } from "../../../../lib/app/setup/crowded.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { beginPending } from "../../../../lib/setup/write/pending.ts";
import { setupApp } from "../../../helpers/setup_app.ts";

const CONFLICT = new OuroborosError({ code: "conflict", message: 'Write "/x": it was changed' });

Deno.test("a conflict with another ouroboros is told as that, one with an editor as it is", async () => {
  await using bench = await setupApp();
  const { app } = bench;
  const mark = await receiptMark(app);
  assertEquals(await crowded(app, mark, CONFLICT), CONFLICT);
  await bench.setup({ names: ["ant"] });
  const done = await crowded(app, mark, CONFLICT) as OuroborosError;
  assertEquals([done.code, done.retryable], ["conflict", true]);
  assertStringIncludes(done.message, "another ouroboros was at work meanwhile");
  const plan = { version: 1 as const, token: "0123456789abcdef", steps: [], made: [], emptied: [] };
  using _ = await beginPending(app.paths.root, plan);
  const busy = await crowded(app, mark, CONFLICT) as OuroborosError;
  assertStringIncludes(busy.message, `another ouroboros (pid ${Deno.pid}) is at work`);
});

Deno.test("other errors are left alone", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  const error = new OuroborosError({ code: "disk_full", message: "Write: no space" });
  assertEquals(await crowded(bench.app, null, error), error);
});
