import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { counterexample } from "../../../lib/checks/counterexample.ts";
import { commandCheck } from "../../helpers/check_bench.ts";
import { checkRun } from "../../helpers/check_runs.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;
const HIDDEN = "The criterion is not met as its description says.";

Deno.test("The next attempt is told the command and the end of its output", () => {
  const text = counterexample(
    [commandCheck("npm test"), commandCheck("true")],
    [checkRun("fail", "w", { outputTail: "one\n\x1b[31mtwo\x1b[0m" }), checkRun("pass", "w")],
  );
  assertEquals(text, "$ npm test\n(ended with exit code 1)\none\ntwo");
});

Deno.test("An expectation that does not hold is named", () => {
  const run = checkRun("fail", "w", { exit: 0, unmet: 'output must contain "x"', outputTail: "y" });
  assertStringIncludes(
    counterexample([commandCheck("cat y")], [run]),
    'ended with exit code 0, but its output must contain "x"',
  );
});

Deno.test("Of a hidden check neither command nor output is told", () => {
  const check = commandCheck("secret-command", { hidden: true, files: { "secret-file": "s" } });
  const run = checkRun("fail", "w", {
    outputTail: "secret-output",
    line: "secret-line",
    unmet: "secret",
  });
  assertEquals(counterexample([check], [run]), HIDDEN);
  assertEquals(counterexample([check], [{ ...checkRun("missing_tool", "w"), line: "secret" }]), "");
  const both = counterexample([commandCheck("false"), check], [checkRun("fail", "w"), run]);
  assert(!both.includes("secret"));
  assertStringIncludes(both, HIDDEN);
  assertStringIncludes(both, "$ false");
});

Deno.test("It stays within 4 KiB, shared by all checks, cut at characters", () => {
  const long = "é line of output\n".repeat(2000);
  for (const count of [1, 2, 7, 40]) {
    const checks = Array.from({ length: count }, () => commandCheck("x".repeat(900)));
    const text = counterexample(
      checks,
      checks.map(() => checkRun("fail", "w", { outputTail: long })),
    );
    assert(bytes(text) <= 4096, `${count}: ${bytes(text)}`);
    assert(bytes(text) > 3000, `${count}: ${bytes(text)}`);
    assert(!text.includes("\ufffd"));
  }
});

Deno.test("Nothing is told where everything passes, or where only a person decides", () => {
  assertEquals(counterexample([commandCheck("true")], [checkRun("pass", "w")]), "");
  assertEquals(counterexample([{ kind: "human", human: "look" }], [null]), "");
});
