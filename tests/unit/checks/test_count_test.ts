import { assertEquals } from "@std/assert";
import { TestCount } from "../../../lib/checks/test_count.ts";

/** Summaries of the real runners in which tests were skipped, and how many ran. */
const SUMMARIES: readonly (readonly [runner: string, output: string, ran: number])[] = [
  ["unittest", "Ran 1 test in 0.000s\n\nOK (skipped=1)", 0],
  ["unittest", "Ran 5 tests in 0.000s\n\nFAILED (failures=1, skipped=2, expected failures=1)", 3],
  ["pytest", "1 passed, 2 skipped, 1 xfailed in 0.15s", 2],
  ["pytest", "=================== 1 skipped in 0.03s ====================", 0],
  [
    "cargo",
    "running 3 tests\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
    2,
  ],
  ["deno", "running 2 tests from ./a_test.ts\nok | 1 passed | 0 failed | 1 ignored (2ms)", 1],
  ["jest", "Tests:       1 skipped, 2 passed, 3 total", 2],
  ["vitest", "      Tests  1 passed | 1 skipped (2)", 1],
  ["mocha", "  2 passing (20ms)\n  1 pending", 2],
  [
    "surefire",
    "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.04 s -- in A\n" +
    "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 1",
    1,
  ],
];

for (const [runner, output, ran] of SUMMARIES) {
  Deno.test(`A skipped test did not run: ${runner}, ${ran}`, () => {
    const tests = new TestCount();
    for (const line of output.split("\n")) tests.add(line);
    assertEquals(tests.total(), ran);
  });
}
