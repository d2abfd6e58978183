import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { readReports, removeReports } from "../../../lib/checks/test_report.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const REPORTS = new URL("../../fixtures/checks/reports/", import.meta.url);

async function read(name: string) {
  await using dir = await tempDir();
  await Deno.copyFile(new URL(name, REPORTS), join(dir.path, name));
  return await readReports(dir.path, name);
}

Deno.test("Reports of real runners are read: Node's, in both forms", async () => {
  const expected = {
    passed: ["alone # not a comment", "coupons > deep > passes", "coupons > passes"],
    failed: ["coupons > fails"],
    skipped: ["coupons > later", "coupons > some day"],
  };
  assertEquals(await read("node.tap"), expected);
  assertEquals(await read("node-junit.xml"), expected);
});

Deno.test("Reports of real runners are read: vitest's, mocha's, Deno's, Go's, pytest's", async () => {
  assertEquals(await read("vitest.xml"), {
    passed: ["t/sum.test.mjs > alone", "t/sum.test.mjs > sum > adds"],
    failed: ['t/sum.test.mjs > sum > adds <more> & "all"'],
    skipped: ["t/sum.test.mjs > sum > later"],
  });
  assertEquals(await read("mocha.xml"), {
    passed: ["sum > adds"],
    failed: ["sum > fails"],
    skipped: ["sum > later"],
  });
  assertEquals(await read("mocha.tap"), {
    passed: ["sum adds"],
    failed: ["sum fails"],
    skipped: ["sum later"],
  });
  assertEquals(await read("deno.xml"), {
    passed: ["./a_test.ts > adds"],
    failed: ["./a_test.ts > fails"],
    skipped: ["./a_test.ts > later"],
  });
  assertEquals(await read("go.xml"), {
    passed: ["example.com/shop > TestOK", "example.com/shop > TestOK/sub_one"],
    failed: ["example.com/shop > TestBad"],
    skipped: ["example.com/shop > TestSkip"],
  });
  assertEquals(await read("pytest.xml"), {
    passed: ["test_a > test_x[1]", "test_a > test_x[a<b]"],
    failed: ["test_a.TestC > test_fails", "test_b"],
    skipped: ["test_a.TestC > test_known", "test_a.TestC > test_later"],
  });
});

Deno.test("What is no report, or half of one, is none", async () => {
  await using dir = await tempDir();
  const write = (name: string, text: string) => Deno.writeTextFile(join(dir.path, name), text);
  assertEquals(await readReports(dir.path, "a.xml"), undefined);
  await write("a.xml", "<testsuite><testcase name='a'/>");
  assertEquals(await readReports(dir.path, "a.xml"), undefined);
  await write("a.xml", "");
  assertEquals(await readReports(dir.path, "a.xml"), undefined);
  await write("a.xml", "all is well\n");
  assertEquals(await readReports(dir.path, "a.xml"), undefined);
});

Deno.test("Reports in many files are one, and old ones go before a check runs", async () => {
  await using dir = await tempDir();
  await Deno.mkdir(join(dir.path, "target/reports"), { recursive: true });
  const file = (name: string) => join(dir.path, "target/reports", name);
  const suite = (end: string) =>
    `<testsuite><testcase classname="c" name="a">${end}</testcase></testsuite>`;
  await Deno.writeTextFile(file("TEST-a.xml"), suite(""));
  await Deno.writeTextFile(file("TEST-b.xml"), suite("<error/>"));
  await Deno.writeTextFile(file("other.txt"), "no report");
  // Of two ends of one test, the worse one.
  assertEquals(await readReports(dir.path, "target/reports/*.xml"), {
    passed: [],
    failed: ["c > a"],
    skipped: [],
  });
  await removeReports(dir.path, "target/reports/*.xml");
  assertEquals(await readReports(dir.path, "target/reports/*.xml"), undefined);
  assertEquals((await Deno.stat(file("other.txt"))).isFile, true);
});
