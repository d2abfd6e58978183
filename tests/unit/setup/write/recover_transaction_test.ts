import { assert, assertEquals, assertRejects } from "@std/assert";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { applyTransaction } from "../../../../lib/setup/write/apply_transaction.ts";
import { beginPending } from "../../../../lib/setup/write/pending.ts";
import { pendingPath } from "../../../../lib/setup/write/pending_record.ts";
import { recoverTransaction } from "../../../../lib/setup/write/recover_transaction.ts";
import { seePending } from "../../../../lib/setup/write/see_pending.ts";
import { startDeno } from "../../../helpers/deno_child.ts";
import { fileTree } from "../../../helpers/file_tree.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";
import { makeHome, transactionIn } from "../../../helpers/transaction_home.ts";

const PROGRAM = new URL("../../../helpers/transaction_program.ts", import.meta.url).pathname;

Deno.test("killed before any step, each file is old or new, and the next start heals all", async () => {
  const { before, after } = await bothTrees();
  const outcomes: Record<string, number> = {};
  let kills = 0;
  for (let stop = 1;; stop++) {
    await using home = await freshHome();
    const ended = await program("apply", home.path, stop);
    const tree = await fileTree(home.path);
    for (const [path, state] of Object.entries(tree)) {
      // Nothing half written ever has the name of a file of the user's.
      if (path.includes("ouroboros-0123456789") || path.endsWith("install.pending.json")) continue;
      assert([before[path], after[path]].includes(state), `step ${stop}: ${path}: ${state}`);
    }
    if (ended) {
      assertEquals(tree, after);
      break;
    }
    kills++;
    const { outcome, kept } = await recoverTransaction(`${home.path}/.ouroboros`);
    assertEquals(kept, []);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    assertEquals(
      await fileTree(home.path),
      healed(outcome, tree, { before, after }),
      `step ${stop}`,
    );
    assertEquals((await recoverTransaction(`${home.path}/.ouroboros`)).outcome, "none");
  }
  console.log(`killed ${kills} times: ${JSON.stringify(outcomes)}`);
  assert(kills > 20 && outcomes.completed! > 5 && outcomes.rolled_back! > 5);
});

Deno.test("killed while it heals, it heals the next time", async () => {
  const { before, after } = await bothTrees();
  let kills = 0;
  for (const [first, wanted] of [[12, before], [20, after]] as const) {
    for (let stop = 1;; stop++) {
      await using home = await freshHome();
      assertEquals(await program("apply", home.path, first), false);
      const ended = await program("recover", home.path, stop);
      await recoverTransaction(`${home.path}/.ouroboros`);
      const tree = await fileTree(home.path);
      // An empty folder is not worth a record of its own.
      if (ended || wanted === before) assertEquals(tree, wanted, `steps ${first}, ${stop}`);
      if (ended) break;
      kills++;
    }
  }
  assert(kills > 8, `${kills}`);
});

Deno.test("a file that somebody changed since stays, the others are taken back", async () => {
  const { before } = await bothTrees();
  await using home = await freshHome();
  const root = `${home.path}/.ouroboros`;
  const compares = 21;
  assertEquals(await program("apply", home.path, compares), false);
  await Deno.writeTextFile(`${root}/config.yaml`, "mine");
  const { outcome, kept } = await recoverTransaction(root);
  assertEquals([outcome, kept], ["rolled_back", [`${root}/config.yaml`]]);
  const tree = await fileTree(home.path);
  assertEquals(tree, { ...before, ".ouroboros/config.yaml": tree[".ouroboros/config.yaml"]! });
  assert(tree[".ouroboros/config.yaml"]!.endsWith("mine"));
});

Deno.test("a record that was cut off while it was begun goes; a damaged one is named", async () => {
  await using home = await freshHome();
  const root = `${home.path}/.ouroboros`;
  for (const text of ["", '{"version":1,"tok']) {
    await Deno.writeTextFile(pendingPath(root), text);
    assertEquals((await recoverTransaction(root)).outcome, "rolled_back");
    assertEquals((await recoverTransaction(root)).outcome, "none");
  }
  await Deno.writeTextFile(pendingPath(root), '{"version":2}\n');
  const error = await assertRejects(() => recoverTransaction(root), OuroborosError);
  assertEquals(error.code, "setup_unfinished");
  assertEquals(await Deno.readTextFile(pendingPath(root)), '{"version":2}\n');
});

Deno.test("what another process works on is not recovered under its hands", async () => {
  await using home = await freshHome();
  const root = `${home.path}/.ouroboros`;
  const before = await fileTree(home.path);
  const step = { path: `${home.path}/.codex/config.toml`, before: null, after: null };
  const plan = { version: 1 as const, token: "abcdef0123", made: [], emptied: [], steps: [step] };
  {
    using _ = await beginPending(root, plan);
    const error = await assertRejects(() => recoverTransaction(root), OuroborosError);
    assertEquals(error.code, "setup_unfinished");
    // It is only there still, and nobody signed it in its place.
    assertEquals((await seePending(root))?.record.pid, Deno.pid);
  }
  assertEquals((await recoverTransaction(root)).outcome, "rolled_back");
  assertEquals(await fileTree(home.path), before);
});

async function freshHome() {
  const home = await tempDir();
  await makeHome(home.path);
  return home;
}

async function bothTrees() {
  await using home = await freshHome();
  const before = await fileTree(home.path);
  await applyTransaction(transactionIn(home.path), { token: "0123456789" });
  return { before, after: await fileTree(home.path) };
}

/** After everything but the empty folders was done, there is no record of them any more. */
function healed(
  outcome: string,
  killed: Record<string, string>,
  { before, after }: Record<"before" | "after", Record<string, string>>,
) {
  if (outcome === "completed") return after;
  return outcome === "none" && ".hermes/skills/a/SKILL.md" in killed ? killed : before;
}

/** Whether it came to its end. */
async function program(verb: string, home: string, stop: number): Promise<boolean> {
  return (await startDeno(PROGRAM, [verb, home, `${stop}`]).finish()).success;
}
