import { assertEquals, assertStringIncludes } from "@std/assert";
import { byTests } from "../../../lib/checks/by_tests.ts";
import { decide } from "../../../lib/checks/decide.ts";
import type { TestResults } from "../../../lib/kernel/check_run.ts";
import { commandCheck } from "../../helpers/check_bench.ts";
import { checkRun } from "../../helpers/check_runs.ts";

const ends = (passed: string, failed = "", skipped = ""): TestResults => ({
  passed: passed.split(" ").filter(Boolean),
  failed: failed.split(" ").filter(Boolean),
  skipped: skipped.split(" ").filter(Boolean),
});

function decided(
  base: TestResults | undefined,
  work: TestResults | undefined,
  more: { exit?: number; named?: string[]; protect?: string[] } = {},
) {
  const check = commandCheck("run", {
    report: { path: "r.xml", tests: more.named ?? [] },
    protect: more.protect ?? [],
  });
  const before = checkRun("fail", "base", base ? { tests: base } : {});
  const exit = more.exit ?? (work && work.failed.length > 0 ? 1 : 0);
  const after = checkRun(exit === 0 ? "pass" : "fail", "work", {
    ...(work ? { tests: work } : {}),
    ...(exit === 0 ? {} : { unmet: "exit code 0 expected, got 1" }),
  });
  const run = byTests(check, after, before);
  const decision = decide({
    checks: [check],
    base: [before],
    runs: [run],
    earlier: [],
    changed: 1,
  });
  return { verdict: decision.verdict, reason: decision.reason };
}

Deno.test("A test that failed before for another reason does not stand in the way", () => {
  assertEquals(decided(ends("a", "old new"), ends("a new", "old")).verdict, "passed");
});

Deno.test("What passed on the base must still pass: it may not fail, be skipped or be gone", () => {
  for (
    const [work, word] of [
      [ends("new", "a"), "fails now"],
      [ends("new", "", "a"), "is skipped now"],
      [ends("new"), "is gone"],
    ] as const
  ) {
    const { verdict, reason } = decided(ends("a", "new"), work);
    assertEquals(verdict, "failed");
    assertStringIncludes(reason, `test "a" passed on the base and ${word}`);
  }
});

Deno.test("New tests must pass, and named ones", () => {
  assertStringIncludes(
    decided(ends("", "x"), ends("x", "fresh")).reason,
    '"fresh" is new and fails',
  );
  assertStringIncludes(
    decided(ends("", "x y"), ends("x", "y"), { named: ["y"] }).reason,
    'test "y" does not pass',
  );
  assertEquals(decided(ends("", "c > y"), ends("c > y"), { named: ["y"] }).verdict, "passed");
});

Deno.test("Nothing gained is no pass, and a new test of the work's own is no gain", () => {
  assertEquals(decided(ends("a", "old"), ends("a", "old")).verdict, "unverified");
  assertEquals(decided(ends("a", "old"), ends("a mine", "old")).verdict, "unverified");
  assertEquals(
    decided(ends("a", "old"), ends("a theirs", "old"), { protect: ["tests"] }).verdict,
    "passed",
  );
});

Deno.test("A check that leaves no report decides by its exit code only where it says no", () => {
  assertEquals(decided(ends("a"), undefined, { exit: 1 }).verdict, "failed");
  const { verdict, reason } = decided(ends("a"), undefined);
  assertEquals(verdict, "unverified");
  assertStringIncludes(reason, 'left no report that can be read at "r.xml"');
});
