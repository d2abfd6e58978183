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
  more: {
    exit?: number;
    named?: readonly string[];
    protect?: readonly string[];
    files?: Readonly<Record<string, string>>;
  } = {},
) {
  const check = commandCheck("run", {
    report: { path: "r.xml", tests: more.named ?? [] },
    protect: more.protect ?? [],
    files: more.files ?? {},
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
  const one = { protect: ["run.sh", "t_a.sh"] };
  const { verdict, reason } = decided(
    ends("t_b.sh", "t_a.sh"),
    ends("t_b.sh t_c.sh", "t_a.sh"),
    one,
  );
  assertEquals(verdict, "unverified");
  assertStringIncludes(reason, "no test that failed on the base and passes now");
});

Deno.test("A new test is a gain where its file is protected or given by the check", () => {
  for (
    const [fresh, more] of [
      ["tests.test_new.T > adds", { protect: ["tests"] }],
      ["tests.test_new.T > adds", { protect: ["./tests/test_*.py"] }],
      ["t/new.test.mjs > adds", { protect: ["t/new.test.mjs"] }],
      ["./t/new_test.ts > adds", { files: { "t/new_test.ts": "" } }],
      ["t/[id].test.ts > adds", { files: { "./t/[id].test.ts": "" } }],
      ["com.shop.NewTest > adds", { protect: ["src/test/java/com/shop/NewTest.java"] }],
    ] as const
  ) {
    const work = { passed: ["a", fresh], failed: ["old"], skipped: [] };
    assertEquals(decided(ends("a", "old"), work, more).verdict, "passed", fresh);
    const other = { ...more, protect: ["other"], files: {} };
    assertEquals(decided(ends("a", "old"), work, other).verdict, "unverified", fresh);
  }
});

Deno.test("A protected file that could not be loaded, and now can, is a gain", () => {
  const base = ends("a", "old t/new.test.js");
  const protect = ["t/**"];
  assertEquals(decided(base, ends("a adds", "old"), { protect }).verdict, "passed");
  assertEquals(decided(base, ends("a adds", "old")).verdict, "unverified");
  assertEquals(decided(base, ends("a", "old"), { protect }).verdict, "unverified");
});

Deno.test("A failing test that is skipped now is no pass, with or without other gains", () => {
  for (const work of [ends("a", "", "new"), ends("a x", "", "new"), ends("a b", "", "new")]) {
    const { verdict, reason } = decided(ends("a", "new b"), work);
    assertEquals(verdict, "unverified");
    assertStringIncludes(reason, 'test "new" failed on the base and is skipped now');
  }
});

Deno.test("An exit code that became 0 is no pass where the failing tests are only gone", () => {
  assertEquals(decided(ends("a", "new"), ends("a")).verdict, "unverified");
  // Before, there was no test in sight: a program that could not be built.
  assertEquals(decided(undefined, ends("a new")).verdict, "passed");
  assertEquals(decided(ends("a"), ends("a")).verdict, "passed");
});

Deno.test("A check that leaves no report decides by its exit code only where it says no", () => {
  assertEquals(decided(ends("a"), undefined, { exit: 1 }).verdict, "failed");
  const { verdict, reason } = decided(ends("a"), undefined);
  assertEquals(verdict, "unverified");
  assertStringIncludes(reason, 'left no report that can be read at "r.xml"');
});
