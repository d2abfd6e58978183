import { assertEquals, assertStringIncludes } from "@std/assert";
import type { CommandInput } from "../../../lib/checks/check_input.ts";
import { checkTree, type CheckTreeOptions } from "../../../lib/checks/check_tree.ts";
import { runControl } from "../../../lib/checks/control.ts";
import { confirmPasses, memoryControlCache } from "../../../lib/checks/confirm_passes.ts";
import { checkBench, commandCheck } from "../../helpers/check_bench.ts";
import type { FakeFiles } from "../../helpers/fake_workspace.ts";

/** The control of a check that passes on these files. */
async function controlOf(
  check: CommandInput,
  files: { base: FakeFiles; work?: FakeFiles },
  more: Partial<CheckTreeOptions> & { thorough?: boolean } = {},
) {
  await using bench = await checkBench();
  const options = bench.options(files.base, more);
  const tree = bench.workspace.tree({ ...files.base, ...files.work });
  const [pass] = await checkTree([check], tree, options);
  assertEquals(pass?.verdict, "pass", pass?.outputTail);
  const control = await runControl(check, pass!, options);
  assertEquals(bench.workspace.held, 0);
  return control;
}

const TEST = "test -f done\n";

Deno.test("Without a source that can fail there is no control, and nothing runs", async () => {
  for (
    const check of [
      commandCheck("test -f done"),
      commandCheck("grep -q x README", { protect: ["README"] }),
      commandCheck("sh -n tests/a.sh", { protect: ["tests"] }),
    ]
  ) {
    const base = { README: "x\n", "tests/a.sh": TEST };
    const control = await controlOf(check, { base, work: { done: "" } });
    assertEquals([control.state, control.runs, control.file], ["none", 0, undefined]);
  }
});

Deno.test("A file that the command names is a source where the work left it alone", async () => {
  const check = commandCheck("sh check.sh");
  const kept = await controlOf(check, { base: { "check.sh": TEST }, work: { done: "" } });
  assertEquals([kept.state, kept.file, kept.runs], ["full", "check.sh", 2]);
  const changed = await controlOf(check, { base: {}, work: { "check.sh": "true\n" } });
  assertEquals(changed.state, "none");
});

Deno.test("What is protected and not run by the command does not count against a pass", async () => {
  const base = { "tests/test_a.py": "def test_a(): pass\n", "go/a_test.go": "package a\n" };
  const check = commandCheck("test -f done", { protect: ["tests/**", "go/**"] });
  assertEquals((await controlOf(check, { base, work: { done: "" } })).state, "none");
  const named = commandCheck("sh tests/a.sh", { protect: ["tests/**", "old/**"] });
  const both = { ...base, "tests/a.sh": TEST, "old/b.sh": "exit 1\n" };
  assertEquals((await controlOf(named, { base: both, work: { done: "" } })).file, "tests/a.sh");
});

Deno.test("A pass that does not notice is missed, with the file named; nobody's files change", async () => {
  const check = commandCheck("./run", { protect: ["tests/**"] });
  const base = { "tests/a.sh": TEST };
  const control = await controlOf(check, {
    base,
    work: { run: { text: "#!/bin/sh\nexit 0\n", mode: 0o755 } },
  });
  assertEquals([control.state, control.file, control.runs], ["missed", "tests/a.sh", 1]);
  assertStringIncludes(control.reason, '"tests/a.sh" must fail');
});

Deno.test("A poison is noticed by the exit code alone, with every output closed", async () => {
  const check = commandCheck("sh tests/a.sh >/dev/null 2>&1", { protect: ["tests/**"] });
  const control = await controlOf(check, { base: { "tests/a.sh": TEST }, work: { done: "" } });
  assertEquals(control.state, "full");
});

Deno.test("A folder below the project, and cd in a command, are looked into", async () => {
  const base = { "app/tests/a.sh": TEST, "app/x": "" };
  const work = { "app/done": "" };
  const check = commandCheck("sh tests/a.sh");
  assertEquals((await controlOf(check, { base, work }, { dir: "app" })).file, "app/tests/a.sh");
  const cd = commandCheck("cd app && sh tests/a.sh");
  assertEquals((await controlOf(cd, { base, work })).file, "app/tests/a.sh");
});

Deno.test("What was built in a poisoned checkout is not used outside of it", async () => {
  await using bench = await checkBench();
  const prepare = { run: "mkdir -p ignored", when: [], timeoutMs: 60_000 };
  const options = bench.options({ "tests/a.sh": "cat tests/a.sh >ignored/built\n" }, { prepare });
  const check = commandCheck("sh tests/a.sh && cat ignored/built", { protect: ["tests"] });
  const [pass] = await checkTree([check], options.base, options);
  const control = await runControl(check, pass!, options);
  assertEquals(control.state, "full");
  const clean = commandCheck("! grep -rq 97 ignored");
  assertEquals((await checkTree([clean], options.base, options))[0]?.verdict, "pass");
});

Deno.test("A control that cannot be prepared says nothing", async () => {
  await using bench = await checkBench();
  const flag = `${bench.folder}/prepared`;
  const options = bench.options({ "tests/a.sh": "true\n" }, {
    prepare: { run: `test ! -e ${flag} && touch ${flag}`, when: [], timeoutMs: 60_000 },
  });
  const check = commandCheck("sh tests/a.sh", { protect: ["tests"] });
  const [pass] = await checkTree([check], options.base, options);
  const control = await runControl(check, pass!, options);
  assertEquals(control.state, "none");
  assertStringIncludes(control.reason, "could not run");
});

Deno.test("A control runs once for a check on a tree, and again on another tree", async () => {
  await using bench = await checkBench();
  const base = { "tests/a.sh": TEST };
  const controls = memoryControlCache();
  const options = { ...bench.options(base), controls };
  const check = commandCheck("sh tests/a.sh", { protect: ["tests"] });
  const checks = [check, { kind: "human" as const, human: "look" }, commandCheck("false")];
  const confirm = async (files: FakeFiles) => {
    const before = bench.workspace.made.length;
    const runs = await checkTree(checks, bench.workspace.tree(files), options);
    const at = bench.workspace.made.length;
    const seen = await confirmPasses(checks, runs, options);
    const made = bench.workspace.made.slice(at).filter((one) => one.startsWith("control"));
    return { states: seen.controls.map((one) => one?.state ?? null), made: made.length, before };
  };
  assertEquals((await confirm({ ...base, done: "1" })).states, ["full", null, null]);
  assertEquals((await confirm({ ...base, done: "1" })).made, 0);
  assertEquals((await confirm({ ...base, done: "2" })).made, 2);
});

Deno.test("Strict looks at each pass twice: a flaky check is found, and has no control", async () => {
  await using bench = await checkBench();
  const flag = `${bench.folder}/seen`;
  const options = { ...bench.options({ a: "" }), controls: memoryControlCache(), strict: true };
  const checks = [commandCheck(`test ! -e ${flag} && touch ${flag}`), commandCheck("true")];
  const runs = await checkTree(checks, options.base, options);
  const seen = await confirmPasses(checks, runs, options);
  assertEquals(seen.runs.map((run) => run?.flaky ?? null), [{ passed: 1, of: 2 }, null]);
  assertEquals(seen.controls.map((one) => one?.state ?? null), [null, "none"]);
});

Deno.test("A test that the preparation builds is made to fail before it is built", async () => {
  const base = { "t.sh": "#!/bin/sh\ntest -e done || exit 1\necho ok\n" };
  const check = commandCheck("./ignored/t", { protect: ["t.sh"] });
  const prepare = {
    run: "mkdir -p ignored && cp t.sh ignored/t && chmod +x ignored/t",
    when: [],
    timeoutMs: 60_000,
  };
  const control = await controlOf(check, { base, work: { done: "" } }, { prepare });
  assertEquals([control.state, control.file, control.runs], ["full", "t.sh", 2]);
});

Deno.test("A preparation that stops at a failing source leaves it to the command to notice", async () => {
  const base = { "t.sh": "#!/bin/sh\ntest -e done || exit 1\necho ok\n" };
  const prepare = { run: "sh t.sh", when: [], timeoutMs: 60_000 };
  const both = { base, work: { done: "" } };
  const protect = ["t.sh"];
  const noticed = await controlOf(commandCheck("sh t.sh", { protect }), both, { prepare });
  assertEquals([noticed.state, noticed.file], ["full", "t.sh"]);
  const blind = await controlOf(commandCheck("true # t.sh", { protect }), both, { prepare });
  assertEquals([blind.state, blind.file], ["none", undefined]);
  assertStringIncludes(blind.reason, "preparation stops at a source that must fail");
});

const REPORTED_RUN = "python3 -m unittest test_m 2>out; code=$?\n" +
  "[ $code = 0 ] && echo 'ok 1 - f' >r.tap || echo 'not ok 1 - f' >r.tap\nexit $code\n";

Deno.test("The one test of a report that failed on the base and fails again is noticed", async () => {
  await using bench = await checkBench();
  const check = commandCheck(REPORTED_RUN, {
    report: { path: "r.tap", tests: [] },
    protect: ["test_m.py"],
  });
  const test = "import unittest, m\nclass T(unittest.TestCase):\n    def test_f(self):\n" +
    "        self.assertEqual(m.f(), 2)\n";
  const files = { "test_m.py": test, "m.py": "def f(): return 1\n" };
  const options = bench.options(files);
  await checkTree([check], options.base, options);
  const tree = bench.workspace.tree({ ...files, "m.py": "def f(): return 2\n" });
  const [pass] = await checkTree([check], tree, options);
  assertEquals(pass?.byTests, { gained: 1 });
  const control = await runControl(check, pass!, options);
  assertEquals(control.state, "full", control.reason);
});
