import { assert, assertEquals } from "@std/assert";
import type { CommandInput } from "../../lib/checks/check_input.ts";
import { checkTree } from "../../lib/checks/check_tree.ts";
import { runControl } from "../../lib/checks/control.ts";
import { decide } from "../../lib/checks/decide.ts";
import type { CheckRun } from "../../lib/kernel/check_run.ts";
import { type CheckBench, checkBench } from "../helpers/check_bench.ts";
import { runsHere } from "../helpers/runs_here.ts";
import type { FakeFiles } from "../helpers/fake_workspace.ts";
import { CONTROL_CORPUS, type ControlTask } from "./control_corpus.ts";

/** How many wrong works were passed in each way, for the last line of the suite. */
const counts = { wrong: 0, bare: 0, putBack: 0, control: 0, partial: 0, right: 0, lost: 0 };

function filesOf(task: ControlTask, changes: Readonly<Record<string, FakeFiles[string] | null>>) {
  const files: Record<string, FakeFiles[string]> = { ...task.base };
  for (const [path, file] of Object.entries(changes)) {
    if (file === null) delete files[path];
    else files[path] = file;
  }
  return files;
}

/** The decision on a work, with and without a control. */
async function judge(
  check: CommandInput,
  files: { base: FakeFiles; work: FakeFiles },
  bench: CheckBench,
) {
  const options = bench.options(files.base);
  const [base] = await checkTree([check], options.base, options);
  const tree = bench.workspace.tree(files.work);
  const [run] = await checkTree([check], tree, options);
  const input = {
    checks: [check],
    base: [base!],
    runs: [run!] as CheckRun[],
    earlier: [],
    changed: 1,
    baseRepeated: [0],
  };
  const plain = decide(input);
  if (plain.verdict !== "passed") return { plain, held: plain, control: undefined };
  const control = await runControl(check, run!, options);
  const held = decide({ ...input, controls: [control] });
  return { plain, held, control };
}

for (const task of CONTROL_CORPUS) {
  const here = await runsHere(task.needs);
  const skipped = here ? "" : ` (skipped: "${task.needs}" does not run here)`;
  for (const work of task.right) {
    Deno.test({
      name: `Right work keeps its pass under a control: ${task.name}: ${work.name}${skipped}`,
      ignore: !here,
      async fn() {
        await using bench = await checkBench();
        const files = { base: task.base, work: filesOf(task, work.files) };
        const { plain, held, control } = await judge(task.check, files, bench);
        assertEquals(plain.verdict, "passed", plain.reason);
        counts.right++;
        if (held.verdict !== "passed") counts.lost++;
        assertEquals([held.verdict, control?.state], ["passed", work.control], control?.reason);
      },
    });
  }
  for (const work of task.wrong) {
    Deno.test({
      name: `Wrong work under a control: ${task.name}: ${work.name}${skipped}`,
      ignore: !here,
      async fn() {
        await using bench = await checkBench();
        const files = { base: task.base, work: filesOf(task, work.files) };
        const bare = await judge({ ...task.check, protect: [] }, files, bench);
        const { plain, held, control } = await judge(task.check, files, bench);
        counts.wrong++;
        if (bare.plain.verdict === "passed") counts.bare++;
        if (plain.verdict === "passed") counts.putBack++;
        if (held.verdict === "passed") {
          if (control?.state === "partial") counts.partial++;
          else counts.control++;
        }
        const left = held.verdict !== "passed"
          ? undefined
          : control?.state === "partial"
          ? "partial"
          : "passes";
        assertEquals(left, work.left, `${held.reason}; ${control?.reason}`);
      },
    });
  }
}

Deno.test("The control's corpus is large enough, and its counts are told", () => {
  const wrong = CONTROL_CORPUS.flatMap((task) => task.wrong);
  const right = CONTROL_CORPUS.flatMap((task) => task.right);
  assert(wrong.length >= 30 && right.length >= 15);
  assertEquals(counts.lost, 0);
  console.log(
    `control: of ${counts.wrong} wrong works, checks in the worker's own files passed ${counts.bare}, ` +
      `with base files put back ${counts.putBack}, with the control ${counts.control} and ` +
      `${counts.partial} marked partial; of ${counts.right} right works ${counts.lost} were lost`,
  );
});
