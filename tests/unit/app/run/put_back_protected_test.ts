import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { applyRun } from "../../../../lib/app/apply_run.ts";
import { diffRun } from "../../../../lib/app/diff_run.ts";
import { runReceipts } from "../../../../lib/app/run_receipts.ts";
import { type AppBench, appBench, dataOf } from "../../../helpers/app_bench.ts";
import { onlyRun, startWorker, untilNote } from "../../../helpers/app_worker.ts";

const SEED = `schema: 1
goal: A right answer
acceptance_criteria:
  - id: answer
    description: answer.txt is right
    check: { run: sh tests/t.sh, protect: "tests/**" }
`;
const TEST = "grep -qx right answer.txt || { echo wrong answer; exit 1; }\n";
const FILES = { "seed.yaml": SEED, "tests/t.sh": TEST };
const GUT = `echo : > tests/t.sh; echo : > tests/more.sh`;
const PUT_BACK = { paths: ["tests/more.sh", "tests/t.sh"], more: 0 };

async function changedBy(bench: AppBench, id: string): Promise<string[]> {
  return (await diffRun(bench.app, id, {})).changed.map((one) => one.path);
}

Deno.test("a gutted test is put back in the work itself, so that what was checked is what is applied", async () => {
  await using bench = await appBench({ files: FILES, play: `${GUT}; echo right > answer.txt` });
  const { view } = await bench.start({});
  assertEquals([view.state, view.criteria[0]!.putBack], ["passed", PUT_BACK]);
  assertEquals(await changedBy(bench, view.runId), ["answer.txt"]);
  const [recorded] = dataOf(await bench.events(view.runId), "attempt.recorded");
  assertEquals([recorded?.putBack, recorded?.paths], [PUT_BACK, ["answer.txt"]]);
  const state = await bench.state(view.runId);
  assertEquals(state.headTree, recorded?.tree);
  const { receipts, text } = await runReceipts(bench.app, view.runId, { width: 90 });
  assertEquals(receipts[0]!.receipt.replayable.tree, state.headTree);
  assertStringIncludes(text, "put back: tests/more.sh, tests/t.sh (protected)");
  await applyRun(bench.app, view.runId, { mode: { kind: "worktree" }, dryRun: false });
  assertEquals(await Deno.readTextFile(join(bench.project, "tests/t.sh")), TEST);
  assertEquals([...Deno.readDirSync(join(bench.project, "tests"))].length, 1);
});

Deno.test("the next try finds protected files as they were, and is told of it", async () => {
  await using bench = await appBench({
    files: FILES,
    play: `cat tests/t.sh > "$notes/seen-$n"; [ ! -e tests/more.sh ] || echo $n > "$notes/more"
    if [ $n = 1 ]; then ${GUT}; echo wrong > answer.txt; else echo right > answer.txt; fi`,
  });
  const { view } = await bench.start({});
  assertEquals([view.state, view.criteria[0]!.tries], ["passed", 2]);
  assertEquals([await bench.note("seen-2"), await bench.note("more")], [TEST, ""]);
  const prompt = await bench.note("prompt-answer-2");
  assertStringIncludes(prompt, "wrong answer");
  assertStringIncludes(prompt, "put back to what they were: tests/more.sh, tests/t.sh. Leave");
  assertEquals(view.criteria[0]!.putBack, null, "the last try left them alone");
  assertEquals(await changedBy(bench, view.runId), ["answer.txt"]);
});

Deno.test("an attempt that changed nothing but a test has changed nothing", async () => {
  await using bench = await appBench({ files: FILES, play: GUT });
  const { view } = await bench.start({ limits: { attempts: 1 } });
  assertEquals([view.state, view.changed], ["failed", false]);
  assertEquals(view.criteria[0]!.putBack, PUT_BACK);
});

Deno.test("work that a dead worker left is put back by the one that records it", async () => {
  await using bench = await appBench({
    files: FILES,
    play: `${GUT}; echo right > answer.txt
    if [ $n = 1 ]; then echo $$ > "$notes/agent"; sleep 300; fi`,
  });
  const worker = startWorker(bench);
  await untilNote(bench, "agent");
  worker.kill("SIGKILL");
  await worker.status;
  const id = await onlyRun(bench);
  const { view } = await bench.resume(id);
  assertEquals([view.state, view.criteria[0]!.putBack], ["passed", PUT_BACK]);
  assertEquals(await changedBy(bench, id), ["answer.txt"]);
});

Deno.test("what only a hidden check protects is counted, and named nowhere", async () => {
  const seed = `schema: 1
goal: A right answer
acceptance_criteria:
  - id: answer
    description: answer.txt is right
    check:
      - { run: test -e answer.txt }
      - { run: grep -qx right answer.txt, protect: "tests/**", hidden: true }
`;
  await using bench = await appBench({
    files: { ...FILES, "seed.yaml": seed },
    play: `echo : > tests/t.sh; if [ $n = 1 ]; then echo wrong; else echo right; fi > answer.txt`,
  });
  const { view } = await bench.start({});
  assertEquals([view.state, view.criteria[0]!.tries], ["passed", 2]);
  assertEquals(view.criteria[0]!.putBack, { paths: [], more: 1 });
  assert(!(await bench.note("prompt-answer-2")).includes("tests/t.sh"));
  const { receipts } = await runReceipts(bench.app, view.runId, { width: 90 });
  assert(!JSON.stringify(receipts[0]!.receipt).includes("tests/t.sh"));
  assertEquals(await changedBy(bench, view.runId), ["answer.txt"]);
});

Deno.test("a link of the work that leads out of the project is named with it", async () => {
  await using bench = await appBench({
    files: FILES,
    play: `ln -s /etc/hosts out; echo right > answer.txt`,
  });
  const { view } = await bench.start({});
  const links = [{ path: "out", target: "/etc/hosts" }];
  assertEquals(view.criteria[0]!.links, links);
  const { text } = await runReceipts(bench.app, view.runId, { width: 90 });
  assertStringIncludes(text, "link leads out of the project: out -> /etc/hosts");
  const applied = await applyRun(bench.app, view.runId, {
    mode: { kind: "worktree" },
    dryRun: true,
  });
  assertEquals(applied.links, links);
});

Deno.test("a change of what another criterion protects stays, and is named with who made it", async () => {
  const seed =
    `${SEED}  - { id: other, description: other.txt, check: { run: test -e other.txt } }\n`;
  await using bench = await appBench({
    files: { ...FILES, "seed.yaml": seed },
    play: `case $criterion in
      answer) echo right > answer.txt;;
      other) echo x > other.txt; echo : > tests/t.sh;;
    esac`,
  });
  const { view } = await bench.start({});
  assertEquals(view.state, "passed");
  assertEquals(view.criteria.map((one) => one.guarded), [
    [],
    [{ path: "tests/t.sh", criterion: "answer" }],
  ]);
});
