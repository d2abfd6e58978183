import { assertEquals, assertStringIncludes } from "@std/assert";
import { memoryCheckCache } from "../../../lib/checks/check_cache.ts";
import { checkTree } from "../../../lib/checks/check_tree.ts";
import { decide } from "../../../lib/checks/decide.ts";
import { flakyWords, withEarlier } from "../../../lib/checks/flipped.ts";
import { checkBench, commandCheck } from "../../helpers/check_bench.ts";
import { checkRun } from "../../helpers/check_runs.ts";

Deno.test("Two answers on one tree are counted, and never forgotten", () => {
  const first = withEarlier(checkRun("pass", "t"), checkRun("fail", "t"));
  assertEquals(first.flaky, { passed: 1, of: 2 });
  assertEquals(withEarlier(checkRun("pass", "t"), first).flaky, { passed: 2, of: 3 });
  assertEquals(flakyWords(first.flaky!), "flaky: passed 1 of 2 on one tree");
  assertEquals(withEarlier(checkRun("pass", "t"), checkRun("pass", "t")).flaky, undefined);
  assertEquals(withEarlier(checkRun("pass", "t"), checkRun("timed_out", "t")).flaky, undefined);
});

Deno.test("A flaky check neither passes nor fails anything, on the work or on the base", () => {
  const flaky = { passed: 1, of: 2 };
  for (const kind of ["pass", "fail"] as const) {
    for (
      const [on, base, run] of [
        ["work", checkRun("fail", "b"), checkRun(kind, "w", { flaky })],
        ["base", checkRun("fail", "b", { flaky }), checkRun(kind, "w")],
      ] as const
    ) {
      const { verdict, reason } = decide({
        checks: [commandCheck("x")],
        base: [base],
        runs: [run],
        earlier: [],
        changed: 1,
      });
      assertEquals(verdict, "unverified", on);
      assertStringIncludes(reason, "flaky: passed 1 of 2 on one tree");
    }
  }
});

Deno.test("A check that is asked again and says something else is known as flaky from then on", async () => {
  await using bench = await checkBench();
  const flag = `${bench.folder}/seen`;
  const options = bench.options({ a: "" }, { cache: memoryCheckCache() });
  const checks = [commandCheck(`test -e ${flag} || { touch ${flag}; exit 1; }`)];
  assertEquals((await checkTree(checks, options.base, options))[0]?.verdict, "fail");
  const [again] = await checkTree(checks, options.base, { ...options, again: true });
  assertEquals([again?.verdict, again?.flaky], ["pass", { passed: 1, of: 2 }]);
  assertEquals((await checkTree(checks, options.base, options))[0]?.flaky, { passed: 1, of: 2 });
});
