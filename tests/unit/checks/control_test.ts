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

Deno.test("A check that reads sources only must notice one that cannot be read", async () => {
  const base = { "tests/a.sh": TEST, "lint.sh": 'sh -n "$1"\n' };
  const own = commandCheck("sh -n tests/a.sh", { protect: ["tests"] });
  const read = await controlOf(own, { base, work: { done: "" } });
  assertEquals([read.state, read.file, read.runs], ["full", "tests/a.sh", 1]);
  // Nothing of its own is named: then it must notice the work.
  const work = await controlOf(commandCheck("sh -n b.sh"), { base, work: { "b.sh": "true\n" } });
  assertEquals([work.state, work.file], ["full", "b.sh"]);
  const kept = commandCheck("sh -n lint.sh");
  const named = await controlOf(kept, { base, work: { "b.sh": "true\n" } });
  assertEquals([named.state, named.file], ["full", "lint.sh"]);
  const never = commandCheck("npm --version run lint");
  assertEquals((await controlOf(never, { base, work: { "b.sh": "true\n" } })).state, "none");
});

Deno.test("A check that wants a failure must notice where there is none", async () => {
  const check = commandCheck("! sh run.sh tests/bad.sh", { protect: ["tests"] });
  const base = { "tests/bad.sh": "echo oops\n", "run.sh": "" };
  const refuses = { "run.sh": 'if grep -q oops "$1"; then exit 1; fi; sh "$1"\n' };
  const right = await controlOf(check, { base, work: refuses });
  assertEquals([right.state, right.file], ["full", "tests/bad.sh"]);
  const always = await controlOf(check, { base, work: { "run.sh": "exit 1\n" } });
  assertEquals([always.state, always.reason], ["none", "Its command turns a failure round"]);
});

Deno.test("What a check compares with may say something else: who reads it off is seen", async () => {
  const check = commandCheck("sh a.sh | diff - tests/golden", { protect: ["tests"] });
  const base = { "tests/golden": "one\n" };
  const right = await controlOf(check, { base, work: { "a.sh": "echo one\n" } });
  assertEquals([right.state, right.file], ["full", "tests/golden"]);
  const copied = await controlOf(check, { base, work: { "a.sh": "cat tests/golden\n" } });
  assertEquals([copied.state, copied.file], ["partial", "tests/golden"]);
  assertStringIncludes(copied.reason, 'when "tests/golden" says something else');
});

const UNITTEST = "import unittest, m\nclass T(unittest.TestCase):\n    def test_f(self):\n" +
  "        self.assertEqual(m.f(), 2)\n    def test_g(self):\n        self.assertTrue(m.f())\n";

Deno.test("Looked at closely, an assertion that was replaced shows, and no other does", async () => {
  const check = commandCheck("python3 -m unittest test_m", { protect: ["test_m.py"] });
  const base = { "test_m.py": UNITTEST };
  const replaced = "import unittest\nunittest.TestCase.assertEqual = lambda *_: None\n" +
    "def f(): return 1\n";
  const wrong = { base, work: { "m.py": replaced } };
  assertEquals((await controlOf(check, wrong)).state, "full");
  const found = await controlOf(check, wrong, { thorough: true });
  assertEquals([found.state, found.file], ["partial", "test_m.py"]);
  assertStringIncludes(found.reason, '"assertEqual"');
  const right = { base, work: { "m.py": "def f(): return 2\n" } };
  assertEquals((await controlOf(check, right, { thorough: true })).state, "full");
  // One that a filtered run does not come to says nothing.
  const one = commandCheck("python3 -m unittest test_m.T.test_g", { protect: ["test_m.py"] });
  assertEquals((await controlOf(one, right, { thorough: true })).state, "full");
});

Deno.test("A build result that the work handed in is one that the build must make", async () => {
  const build = "mkdir -p dist; test -e dist/app || cp app.sh dist/app\n";
  const check = commandCheck("sh build.sh && sh dist/app | grep -qx 2", { protect: ["build.sh"] });
  const base = { "build.sh": build, "app.sh": "echo 1\n" };
  const right = await controlOf(check, {
    base,
    work: { "app.sh": "echo 2\n", "dist/app": "echo 2\n" },
  });
  assertEquals(right.state, "full");
  const byHand = await controlOf(check, { base, work: { "dist/app": "echo 2\n" } });
  assertEquals([byHand.state, byHand.file], ["partial", "dist/app"]);
  const target = commandCheck("make -s test");
  const make = { Makefile: "test:\n\tsh app.sh | grep -qx 2\n", "app.sh": "echo 1\n" };
  const stale = await controlOf(target, { base: make, work: { test: "" } });
  assertEquals([stale.state, stale.file], ["partial", "test"]);
});

Deno.test("A pass that rests on what lies outside of the project shows nothing", async () => {
  await using bench = await checkBench();
  const answer = `${bench.folder}/answer`;
  await Deno.writeTextFile(answer, "2\n");
  const check = commandCheck("grep -qx 2 VERSION");
  const base = { README: "" };
  const behind = await controlOf(check, { base, work: { VERSION: { link: answer } } });
  assertEquals([behind.state, behind.file], ["missed", "VERSION"]);
  assertStringIncludes(behind.reason, `outside of the project: link leads out of the project`);
  const beside = await controlOf(check, {
    base,
    work: { VERSION: "2\n", other: { link: answer } },
  });
  assertEquals(beside.state, "none");
});

Deno.test("A preparation that needs such a link leaves the rest to be looked at", async () => {
  await using bench = await checkBench();
  const answer = `${bench.folder}/answer`;
  await Deno.writeTextFile(answer, "2\n");
  const prepare = { run: "cat data", when: [], timeoutMs: 60_000 };
  const files = { base: { "tests/a.sh": TEST }, work: { done: "", data: { link: answer } } };
  const check = commandCheck("true # tests/a.sh", { protect: ["tests/**"] });
  const blind = await controlOf(check, files, { prepare });
  assertEquals([blind.state, blind.file], ["missed", "tests/a.sh"], blind.reason);
});

Deno.test("An assertion that a header of the work's took the meaning of shows in C", async () => {
  const check = commandCheck('cc -I. -o "$TMPDIR/t" t.c w.c && "$TMPDIR/t"', {
    protect: ["t.c"],
  });
  const base = {
    "t.c": "#include <assert.h>\nint f(void);\nstatic void test_f(void) { assert(f() == 3); }\n" +
      "int main(void) { test_f(); return 0; }\n",
  };
  const right = { "w.c": "int f(void) { return 3; }\n" };
  assertEquals((await controlOf(check, { base, work: right }, { thorough: true })).state, "full");
  const wrong = {
    "w.c": "int f(void) { return 0; }\n",
    "assert.h": "#define assert(x) ((void)0)\n",
  };
  const found = await controlOf(check, { base, work: wrong }, { thorough: true });
  assertEquals([found.state, found.file], ["partial", "t.c"]);
});
