import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { applyTransaction } from "../../../../lib/setup/write/apply_transaction.ts";
import { beginPending, takePending } from "../../../../lib/setup/write/pending.ts";
import { pendingPath } from "../../../../lib/setup/write/pending_record.ts";
import { recoverTransaction } from "../../../../lib/setup/write/recover_transaction.ts";
import { seePending } from "../../../../lib/setup/write/see_pending.ts";
import { fileTree } from "../../../helpers/file_tree.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";
import { makeHome, transactionIn } from "../../../helpers/transaction_home.ts";

const PLAN = { version: 1 as const, token: "0123456789abcdef", steps: [], made: [], emptied: [] };

Deno.test("who comes second is told that another is at work, and who, not that one was cut off", async () => {
  await using home = await tempDir();
  using _ = await beginPending(home.path, PLAN);
  for (const attempt of [() => beginPending(home.path, PLAN), () => takePending(home.path)]) {
    const error = await assertRejects(attempt, OuroborosError);
    assertEquals([error.code, error.retryable], ["setup_unfinished", true]);
    assertStringIncludes(error.message, `another ouroboros (pid ${Deno.pid}) is at work`);
    assertStringIncludes(error.hint ?? "", `ps -p ${Deno.pid}`);
  }
});

Deno.test("whoever takes over what was left signs it, also behind a line that was cut off", async () => {
  await using home = await tempDir();
  const path = pendingPath(home.path);
  const [plan, sign] = [JSON.stringify(PLAN), JSON.stringify({ pid: 4_000_000 })];
  await Deno.writeTextFile(path, `${plan}\n${sign}\n{"phase":"rol`);
  assertEquals((await seePending(home.path))?.record.pid, 4_000_000);
  using taken = (await takePending(home.path))!.pending;
  const seen = await seePending(home.path);
  assertEquals([seen?.state, seen?.record.pid], ["held", Deno.pid]);
  await taken.enter("done");
  assertEquals((await seePending(home.path))?.record.phase, "done");
});

Deno.test("of many at once one does it, and the others say so in plain words", async () => {
  const said = new Map<string, number>();
  for (let round = 0; round < 40; round++) {
    await using home = await tempDir();
    await makeHome(home.path);
    // The record's own folder is made by whoever is first.
    const root = `${home.path}/.new`;
    const works = Array.from({ length: 4 }, async (_, index) => {
      await recoverTransaction(root);
      const transaction = { ...transactionIn(home.path), root };
      return await applyTransaction(transaction, { token: `0123456789${round + 10}${index}` });
    });
    const ends = await Promise.allSettled(works);
    const done = ends.filter((one) => one.status === "fulfilled");
    assert(done.length <= 1, `${done.length} did it`);
    for (const end of ends) {
      if (end.status === "fulfilled") continue;
      assert(end.reason instanceof OuroborosError, String(end.reason));
      const words = end.reason.message.replaceAll(/"[^"]*"/g, "…").replace(/pid \d+/, "pid");
      said.set(words, (said.get(words) ?? 0) + 1);
    }
    // Whatever was in whose way, the next one finds nothing half done.
    if (done.length === 0) {
      await recoverTransaction(root);
      await applyTransaction({ ...transactionIn(home.path), root }, { token: "abcdef0123" });
    }
    const left = Object.keys(await fileTree(home.path)).filter((path) =>
      /ouroboros-|pending/.test(path)
    );
    assertEquals(left, []);
  }
  const words = [...said.keys()];
  assertEquals(words.filter((one) => /os error|lstat|readlink|cut off/.test(one)), []);
  assert(words.some((one) => one.includes("another ouroboros")), words.join("\n"));
});

Deno.test("what is no file in the record's place is not taken for a set-up that was cut off", async () => {
  await using home = await tempDir();
  await Deno.mkdir(pendingPath(home.path));
  const error = await assertRejects(() => seePending(home.path), OuroborosError);
  assertEquals(error.code, "unreadable");
  assertStringIncludes(error.message, `Read "${pendingPath(home.path)}"`);
});

Deno.test("who only looks at a record is in nobody's way", async () => {
  await using home = await tempDir();
  const path = pendingPath(home.path);
  for (let round = 0; round < 200; round++) {
    const looks = Array.from({ length: 3 }, () => seePending(home.path));
    const begun = await beginPending(home.path, PLAN);
    await begun.remove();
    begun[Symbol.dispose]();
    await Promise.all(looks);
    assertEquals(await Deno.lstat(path).catch(() => null), null);
  }
  await Deno.writeTextFile(path, `${JSON.stringify(PLAN)}\n`);
  using look = await Deno.open(path, { read: true });
  await look.lock(false);
  const taken = takePending(home.path);
  await look.unlock();
  const { pending } = (await taken)!;
  pending[Symbol.dispose]();
});
