import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  archiveDigest,
  makeArchive,
  readArchive,
} from "../../../../lib/app/receipts/receipt_archive.ts";
import { replayReceipts } from "../../../../lib/app/receipts/replay_receipts.ts";
import type { ReplayReport } from "../../../../lib/app/receipts/replay_report.ts";
import { runReceipts } from "../../../../lib/app/run_receipts.ts";
import { replayText } from "../../../../lib/cli/render/receipt_replay.ts";
import { benchPlaces, openApp } from "../../../helpers/app_bench.ts";
import { RECEIPT_FILES, receiptBench, reTar, textChange } from "../../../helpers/receipt_bench.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

/** Replays a file as another person on another machine would: another HOME, no project, no journal. */
async function elsewhere(bytes: Uint8Array, repo?: string): Promise<ReplayReport> {
  await using dir = await tempDir();
  const places = benchPlaces(dir.path);
  for (const each of ["home", "project"]) await Deno.mkdir(`${dir.path}/${each}`);
  await Deno.writeFile(`${places.project}/r.tar`, bytes);
  const app = openApp(places);
  try {
    const cancel = new AbortController().signal;
    const report = await replayReceipts(app, "r.tar", { env: [], cancel, repo });
    assertEquals([...Deno.readDirSync(`${dir.path}/home`)], [], "something stayed in HOME");
    return report;
  } finally {
    await app.close();
  }
}

async function treeOf(folder: string): Promise<string[]> {
  const { stdout } = await new Deno.Command("find", { args: [folder, "-printf", "%p %s %T@\\n"] })
    .output();
  return new TextDecoder().decode(stdout).split("\n").sort();
}

const told = (report: ReplayReport) =>
  report.criteria.flatMap((one) => one.runs.map((run) => `${run.on} ${run.check} ${run.result}`));

Deno.test("a replay on another machine matches, run for run", async () => {
  await using bench = await receiptBench();
  const report = await elsewhere(bench.bytes);
  assertEquals([report.result, report.exit, report.missing], ["matches", 0, []]);
  assertEquals(told(report), [
    "base 1 matches",
    "base 2 matches",
    "work 1 matches",
    "work 2 matches",
  ]);
  assertEquals(report.criteria[0]!.runs[2]!.control, { before: "full", now: "full" });
  assertEquals(report.criteria[0]!.runs[1]!.command, null, "a hidden check's command is not told");
  assertEquals(report.claimed.run, bench.runId);
});

Deno.test("a run is replayed from the journal, and its own files stay as they are", async () => {
  await using bench = await receiptBench();
  const folder = `${bench.app.paths.runs}/${bench.runId}`;
  const files = async () => (await treeOf(folder)).join("\n");
  const before = await files();
  const cancel = new AbortController().signal;
  const report = await replayReceipts(bench.app, bench.runId, { env: [], cancel });
  assertEquals([report.result, report.exit], ["matches", 0]);
  assertEquals(report.digest, readArchive(bench.bytes).manifest.digest);
  assertEquals(await files(), before);
});

Deno.test("a check that gives another answer differs, and is named with before and after", async () => {
  await using bench = await receiptBench();
  const archive = structuredClone(readArchive(bench.bytes));
  // A receipt that claims more than its files hold, with a digest that fits.
  archive.receipts[0]!.replayable.checks[0]!.base!.exit = 7;
  const forged = makeArchive({ ...archive.manifest, ...archive });
  const report = await elsewhere(forged);
  assertEquals([report.result, report.exit], ["differs", 5]);
  const [first] = report.criteria[0]!.runs;
  assertEquals(first!.result, "differs");
  assertStringIncludes(first!.why, "before failed (exit 7), now failed (exit ");
  assertEquals(archiveDigest({ ...archive.manifest, ...archive }), report.digest);
});

Deno.test("what is claimed and was changed since the export is told wherever it is shown", async () => {
  await using bench = await receiptBench();
  const changed = reTar(bench.bytes, {
    "receipts/1.json": textChange('"model": null', '"model": "a better one"'),
  });
  const report = await elsewhere(changed);
  assertEquals([report.result, report.claimed.criteria[0]!.changed], ["matches", true]);
  assertStringIncludes(report.notices.join(), "claimed of criterion greet was changed");
  assertStringIncludes(
    replayText(report),
    "model a better one, 1 try\n    changed after the export",
  );
  await Deno.writeFile(bench.file, changed);
  const shown = await runReceipts(bench.app, bench.file, { width: 80 });
  assertStringIncludes(shown.notices.join(), "claimed of criterion greet was changed");
  const own = await elsewhere(bench.bytes);
  assertEquals([own.claimed.criteria[0]!.changed, own.notices], [false, []]);
  assertEquals((await runReceipts(bench.app, bench.runId, { width: 80 })).notices, []);
});

Deno.test("a tool that is not there makes a replay impossible, never a mismatch", async () => {
  await using bench = await receiptBench({
    files: {
      "seed.yaml": `
goal: Greets
acceptance_criteria:
  - description: greet.sh prints hello
    check: tool-of-this-machine greet.sh
`,
    },
    tools: { "tool-of-this-machine": 'test "$(sh "$1" 2>/dev/null)" = hello\n' },
  });
  const report = await elsewhere(bench.bytes);
  assertEquals([report.result, report.exit], ["cannot_replay", 9]);
  assertEquals(told(report), ["base 1 cannot_replay", "work 1 cannot_replay"]);
  assertStringIncludes(report.missing.join(), '"tool-of-this-machine"');
});

Deno.test("what git does not hold comes from --repo; without it a replay says what is missing", async () => {
  const files = {
    ...RECEIPT_FILES,
    "seed.yaml": `
goal: Greets
workspace: { carry: [stored] }
acceptance_criteria:
  - description: greet.sh prints what is stored
    check: '[ "$(sh greet.sh)" = "$(cat stored/word)" ]'
`,
    "stored/word": "hello\n",
  };
  await using bench = await receiptBench({ files });
  const alone = await elsewhere(bench.bytes);
  assertEquals([alone.result, alone.exit], ["cannot_replay", 9]);
  assertStringIncludes(alone.missing.join(), '"stored" (--repo DIR)');
  const beside = await elsewhere(bench.bytes, bench.project);
  assertEquals([beside.result, beside.exit], ["matches", 0]);
});

const TOGETHER = `goal: Two files, and what was there
acceptance_criteria:
  - { id: one, description: one, check: test -e one.txt }
  - { id: two, description: two, check: test -e two.txt }
  - { id: old, description: what was there, check: grep -q old lib.txt }
`;

Deno.test("the files that apply brings, with all work together, are replayed as well", async () => {
  await using bench = await receiptBench({
    files: { "seed.yaml": TOGETHER, "lib.txt": "old\n" },
    play: "echo 1 > $criterion.txt",
    jobs: 2,
  });
  const archive = readArchive(bench.bytes);
  const works = archive.receipts.map((one) => one.replayable.tree);
  const { tree } = archive.manifest.branch!;
  assertEquals(tree, (await bench.state(bench.runId)).headTree);
  assertEquals(works.includes(tree), false, "no receipt is about it");
  const report = await elsewhere(bench.bytes);
  assertEquals([report.result, report.notices], ["matches", []]);
  assertEquals(
    report.branch?.runs.map((run) => [run.criterion, run.result, run.now.exit]),
    [["one", "matches", 0], ["two", "matches", 0], ["old", "matches", 0]],
  );
  assertStringIncludes(replayText(report), "matches: the run's branch, as apply brings it: 3 runs");

  // Its files are another tree, of which the digest is made to fit: what does not hold is found.
  const forged = await elsewhere(makeArchive({
    ...archive.manifest,
    ...archive,
    branch: { tree: works[0]!, criteria: ["one", "two"] },
  }));
  assertEquals([forged.result, forged.exit], ["differs", 5]);
  assertEquals(forged.criteria.map((one) => one.result), ["matches", "matches"]);
  assertStringIncludes(replayText(forged), "criterion two, check 1 on the branch: test -e two.txt");

  const { branch: _, ...before } = archive.manifest;
  const old = await elsewhere(makeArchive({ ...before, ...archive }));
  assertEquals([old.result, old.branch], ["matches", null]);
  assertStringIncludes(old.notices.join("\n"), "Not covered: the files that apply brings");
});
