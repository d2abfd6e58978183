import { assertEquals, assertRejects } from "@std/assert";
import { exportReceipts } from "../../../../lib/app/receipts/export_receipts.ts";
import { readTar } from "../../../../lib/app/receipts/tar.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { receiptBench } from "../../../helpers/receipt_bench.ts";

Deno.test("an export is one file that tar and git open, and never replaces one", async () => {
  await using bench = await receiptBench();
  const { app, runId, root } = bench;
  const names = [...readTar(bench.bytes).keys()];
  assertEquals(names, [
    "README.txt",
    "manifest.json",
    "seed.yaml",
    "receipts/1.json",
    "trees.bundle",
  ]);
  await Deno.writeFile(`${root}/trees.bundle`, readTar(bench.bytes).get("trees.bundle")!);
  const clone = new Deno.Command("git", {
    args: ["clone", "-q", "-b", "work-1", "trees.bundle", "clone"],
    cwd: root,
  });
  assertEquals((await clone.output()).success, true);
  assertEquals(await Deno.readTextFile(`${root}/clone/greet.sh`), "echo hello\n");

  const again = exportReceipts(app, { run: runId, file: bench.file, dryRun: false });
  assertEquals((await assertRejects(() => again, OuroborosError)).code, "not_allowed");
  const nowhere = exportReceipts(app, { run: runId, file: `${root}/no/x.tar`, dryRun: false });
  assertEquals((await assertRejects(() => nowhere, OuroborosError)).code, "not_found");
});

Deno.test({
  name: "an export that cannot be written says where, and what to look at",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using bench = await receiptBench();
    const options = { run: bench.runId, file: "/proc/x.tar", dryRun: false };
    const error = await assertRejects(() => exportReceipts(bench.app, options), OuroborosError);
    assertEquals([error.code, error.hint], ["not_writable", "ls -ld /proc"]);
  },
});

Deno.test("a dry run writes nothing and tells what leaves", async () => {
  await using bench = await receiptBench();
  const file = `${bench.root}/other.tar`;
  const report = await exportReceipts(bench.app, { run: bench.runId, file, dryRun: true });
  assertEquals([report.hidden, report.criteria, report.dryRun], [1, ["greet"], true]);
  await assertRejects(() => Deno.stat(file), Deno.errors.NotFound);
});
