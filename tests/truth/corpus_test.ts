import { assert, assertEquals } from "@std/assert";
import { baseToRepeat, decide } from "../../lib/checks/decide.ts";
import { checkTree } from "../../lib/checks/check_tree.ts";
import { type CheckBench, checkBench } from "../helpers/check_bench.ts";
import { runsHere } from "../helpers/runs_here.ts";
import type { FakeFiles } from "../helpers/fake_workspace.ts";
import { type Candidate, CORPUS, type Task } from "./corpus.ts";

/** What became of all candidates, for the last line of the suite. */
const counts = { wrong: 0, wrongPassed: 0, gaps: 0, right: 0, rightFailed: 0, rightPassed: 0 };

function filesOf(task: Task, candidate: Candidate): FakeFiles {
  const files: Record<string, FakeFiles[string]> = { ...task.base };
  for (const [path, file] of Object.entries(candidate.files)) {
    if (file === null) delete files[path];
    else files[path] = file;
  }
  return files;
}

/** Judges a candidate exactly as a run does. */
async function judge(task: Task, candidate: Candidate, bench: CheckBench) {
  const options = bench.options(task.base);
  const base = await checkTree(task.checks, options.base, options);
  const tree = bench.workspace.tree(filesOf(task, candidate));
  const runs = await checkTree(task.checks, tree, options);
  const repeat = baseToRepeat({ checks: task.checks, base, runs });
  const again = repeat.length > 0
    ? await checkTree(task.checks, options.base, { ...options, again: true })
    : base;
  return decide({
    checks: task.checks,
    base: base.map((run, index) => repeat.includes(index) ? again[index]! : run),
    runs,
    earlier: [],
    changed: Object.keys(candidate.files).length,
    baseRepeated: repeat,
  });
}

for (const task of CORPUS) {
  const here = await runsHere(task.needs);
  for (const candidate of task.candidates) {
    Deno.test({
      name: `${candidate.right ? "Right" : "Wrong"} work on ${task.name}: ${candidate.name}${
        here ? "" : ` (skipped: "${task.needs}" does not run here)`
      }`,
      ignore: !here,
      async fn() {
        await using bench = await checkBench();
        const decision = await judge(task, candidate, bench);
        const { verdict, reason } = decision;
        if (candidate.right) {
          counts.right++;
          if (verdict === "failed") counts.rightFailed++;
          if (verdict === "passed") counts.rightPassed++;
          assert(verdict !== "failed", `right work was thrown away: ${reason}`);
          assertEquals(verdict, candidate.undecided ? "unverified" : "passed", reason);
          return;
        }
        counts.wrong++;
        if (candidate.gap) {
          counts.gaps++;
          // When this fails, the gap is closed: take the mark away.
          assertEquals(verdict, "passed", `the gap "${candidate.gap}" is closed: ${reason}`);
          return;
        }
        if (verdict === "passed") counts.wrongPassed++;
        assert(verdict !== "passed", `wrong work was passed: ${reason}`);
      },
    });
  }
}

Deno.test("The corpus is large enough, and its counts are told", () => {
  const wrong = CORPUS.flatMap((task) => task.candidates.filter((one) => !one.right && !one.gap));
  const right = CORPUS.flatMap((task) => task.candidates.filter((one) => one.right));
  assert(wrong.length >= 10 && right.length >= 6);
  console.log(
    `truth: ${counts.wrong} wrong works, ${counts.wrongPassed} passed, ${counts.gaps} known gaps (passed until there is a negative control); ` +
      `${counts.right} right works, ${counts.rightPassed} passed, ${counts.rightFailed} failed`,
  );
});
