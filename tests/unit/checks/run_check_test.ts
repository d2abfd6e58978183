import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import type { CommandInput } from "../../../lib/checks/check_input.ts";
import { checkTree, type CheckTreeOptions } from "../../../lib/checks/check_tree.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { join } from "@std/path";
import { checkBench, commandCheck } from "../../helpers/check_bench.ts";
import { type FakeFiles, FakeWorkspace } from "../../helpers/fake_workspace.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

async function runOne(
  check: CommandInput,
  trees: { base?: FakeFiles; work?: FakeFiles; more?: Partial<CheckTreeOptions> } = {},
) {
  await using bench = await checkBench();
  const base = trees.base ?? { "a.txt": "a\n" };
  const [run] = await checkTree(
    [check],
    bench.workspace.tree(trees.work ?? base),
    bench.options(base, trees.more),
  );
  const left = await Array.fromAsync(Deno.readDir(bench.scratch)).catch(() => []);
  assertEquals(left.map((entry) => entry.name), [], "temporary folders are removed");
  assertEquals(bench.workspace.held, 0, "checkouts are released");
  return run!;
}

Deno.test("A command that ends with 0 passes and leaves its output", async () => {
  const run = await runOne(commandCheck("cat a.txt; echo err >&2"));
  assertEquals([run.verdict, run.exit, run.line, run.reused], ["pass", 0, "", false]);
  assertEquals(run.outputTail.split("\n").sort(), ["a", "err"]);
});

Deno.test("A command that ends otherwise fails, with the line that says most", async () => {
  const run = await runOne(
    commandCheck("echo start; echo 'AssertionError: 3 != 4'; echo bye; exit 3"),
  );
  assertEquals([run.verdict, run.exit, run.line], ["fail", 3, "AssertionError: 3 != 4"]);
});

Deno.test("A command killed by a signal does not pass", async () => {
  const run = await runOne(commandCheck("kill -9 $$"));
  assertEquals([run.verdict, run.exit], ["cannot_run", run.exit]);
  assert(run.exit !== 0);
});

Deno.test("Protected files are the base's bytes and modes; new matches are gone", async () => {
  const base: FakeFiles = {
    "tests/run.sh": {
      text: "#!/bin/sh\ntest -f done && exit 0; echo base says no; exit 1\n",
      mode: 0o755,
    },
    "tests/data/one.txt": "one\n",
    "tests/link": { link: "data/one.txt" },
  };
  const run = await runOne(
    commandCheck("ls tests tests/data; readlink tests/link; ./tests/run.sh", {
      protect: ["tests"],
    }),
    {
      base,
      work: {
        "tests/run.sh": "#!/bin/sh\nexit 0\n",
        "tests/extra.sh": "exit 0\n",
        "tests/data": "a file now",
        "tests/link": "a file now",
      },
    },
  );
  assertEquals([run.verdict, run.exit], ["fail", 1]);
  assertStringIncludes(run.outputTail, "base says no");
  assertStringIncludes(run.outputTail, "data/one.txt");
  assert(!run.outputTail.includes("extra.sh"));
});

Deno.test("A link is never written through: it is taken away where the base has a folder", async () => {
  await using bench = await checkBench();
  const outside = join(bench.folder, "outside");
  await Deno.mkdir(outside);
  await Deno.writeTextFile(join(outside, "a.test"), "mine");
  const base = { "tests/a.test": "base\n", "src": "x" };
  const work: FakeFiles = { "tests": { link: outside }, "src": "y" };
  const [run] = await checkTree(
    [commandCheck("cat tests/a.test; test ! -L tests", { protect: ["tests/**"] })],
    bench.workspace.tree(work),
    bench.options(base),
  );
  assertEquals([run!.verdict, run!.outputTail], ["pass", "base"]);
  assertEquals(await Deno.readTextFile(join(outside, "a.test")), "mine");
});

Deno.test("A new link cannot bring other files under protected names", async () => {
  const base = { "src/a.js": "x" };
  const stuff = { ...base, "stuff/evil.js": "e" };
  const verdict = async (run: string, glob: string, link: FakeFiles) =>
    (await runOne(commandCheck(run, { protect: [glob] }), { base, work: { ...stuff, ...link } }))
      .verdict;
  const spec = { "spec": { link: "stuff" } };
  assertEquals(await verdict("test -e stuff/evil.js && test ! -e spec", "spec/**", spec), "pass");
  const deep = { "pkg/tests": { link: "../stuff" } };
  assertEquals(await verdict("test ! -e pkg/tests", "pkg*/tests/*.js", deep), "pass");
  // A link that has nothing to do with protected names is the work's.
  assertEquals(
    await verdict("test -e other/evil.js", "spec/**", { "other": { link: "stuff" } }),
    "pass",
  );
});

Deno.test("A check's files exist while it runs, over what the work has there, and not after", async () => {
  await using bench = await checkBench();
  const base = { "src/a": "a" };
  const files = { "deep/er/hidden.sh": "#!/bin/sh\necho secret\n", "src/a": "ours\n" };
  const [run] = await checkTree(
    [commandCheck("./deep/er/hidden.sh; cat src/a", { files })],
    bench.workspace.tree(base),
    bench.options(base),
  );
  assertEquals([run!.verdict, run!.outputTail], ["pass", "secret\nours"]);
  const checkout = join(bench.workspace.folder, "checks");
  await assertRejects(() => Deno.lstat(join(checkout, "deep")), Deno.errors.NotFound);
});

for (
  const path of ["../x", "/tmp/x", "a/../../x", ".git/hooks/pre-commit", "a/.GIT/config", "a/", ""]
) {
  Deno.test(`A check's file at "${path}" is refused, and nothing runs`, async () => {
    const run = await runOne(commandCheck("touch ran; true", { files: { [path]: "x" } }));
    assertEquals([run.verdict, run.cannotRun?.kind], ["cannot_run", "not_started"]);
    assertStringIncludes(run.line, "must stay inside the project");
  });
}

Deno.test("A check's file behind a link of the work is refused", async () => {
  await using bench = await checkBench();
  const outside = join(bench.folder, "outside");
  await Deno.mkdir(outside);
  const base = { "a": "a" };
  const [run] = await checkTree(
    [commandCheck("true", { files: { "deep/x.sh": "x" } })],
    bench.workspace.tree({ ...base, "deep": { link: outside } }),
    bench.options(base),
  );
  assertEquals(run!.verdict, "cannot_run");
  assertStringIncludes(run!.line, `"deep" is a symbolic link`);
  assertEquals(await Array.fromAsync(Deno.readDir(outside)), []);
});

Deno.test("The environment is a throw-away one", async () => {
  const run = await runOne(
    commandCheck(
      'echo "$LC_ALL $TZ $CI ${SECRET_OF_USER:-none}"; test -d "$TMPDIR" && test "$HOME" != "" && : > "$TMPDIR/x"; ' +
        'mkdir "$TMPDIR/locked" && touch "$TMPDIR/locked/y" && chmod 500 "$TMPDIR/locked"; echo "$TMPDIR"',
    ),
  );
  assertEquals(run.outputTail, "C.UTF-8 UTC true none\n$TMPDIR");
});

Deno.test("A check's git finds no repository above our folder", async () => {
  await using bench = await checkBench();
  await using outer = await tempDir();
  const nested = join(outer.path, "runs", "1");
  const workspace = new FakeWorkspace(join(nested, "checkouts"));
  await Deno.mkdir(nested, { recursive: true });
  const init = new Deno.Command("git", { args: ["init", "-q", outer.path] });
  assert((await init.output()).success);
  const find = commandCheck("git rev-parse --show-toplevel");
  const options = { ...bench.options({}), workspace, base: workspace.tree({ a: "a" }) };
  const near = await checkTree([find], options.base, {
    ...options,
    scratch: join(nested, "scratch"),
  });
  assertEquals(near[0]!.verdict, "fail");
  const far = await checkTree([find], options.base, { ...options, again: true });
  assertEquals(far[0]!.verdict, "pass", far[0]!.outputTail);
});

Deno.test("Expectations: every part must hold, and the one that does not is named", async () => {
  const verdict = async (run: string, expect: CommandInput["expect"]) => {
    const result = await runOne(commandCheck(run, { expect }));
    return [result.verdict, result.unmet];
  };
  assertEquals(await verdict("echo no; exit 3", { exit: 3 }), ["pass", undefined]);
  assertEquals(await verdict("echo yes", { exit: 3 }), ["fail", "exit code 3 expected, got 0"]);
  assertEquals(await verdict("echo one; echo two >&2", { contains: ["one", "two"] }), [
    "pass",
    undefined,
  ]);
  assertEquals(await verdict("echo one", { contains: ["two"] }), [
    "fail",
    'output must contain "two"',
  ]);
  assertEquals(await verdict("echo one >&2", { excludes: ["one"] }), [
    "fail",
    'output must not contain "one"',
  ]);
  assertEquals(await verdict("echo one; echo v1.2", { matches: "^v\\d" }), ["pass", undefined]);
  assertEquals(await verdict("echo one", { matches: "^v\\d" }), [
    "fail",
    "output must match /^v\\d/",
  ]);
  assertEquals(await verdict("printf 'a  \\nb\\n\\n'; echo x >&2", { stdout: "a\nb" }), [
    "pass",
    undefined,
  ]);
  assertEquals(await verdict("printf 'a\\nc\\n'", { stdout: "a\nb\n" }), [
    "fail",
    'stdout line 2: "b" expected, got "c"',
  ]);
  assertEquals(await verdict("echo a; echo b", { stdout: "a" }), [
    "fail",
    'stdout line 2: the end expected, got "b"',
  ]);
});

Deno.test("An expression that never ends on what was printed leaves the check undecided", async () => {
  const run = await runOne(
    commandCheck("head -c 50000 /dev/zero | tr '\\0' a; echo b", { expect: { matches: "(a+)+$" } }),
  );
  assertEquals([run.verdict, run.cannotRun?.kind], ["cannot_run", "endless_match"]);
  assertEquals(run.line, 'Stopped: "matches" took longer than 10 s');
});

Deno.test("A check that does not end is stopped with its whole tree, and has decided nothing", async () => {
  const run = await runOne(
    commandCheck("trap '' TERM; sleep 300 & echo before; sleep 300", { timeoutMs: 3000 }),
  );
  assertEquals([run.verdict, run.cannotRun?.kind], ["cannot_run", "timed_out"]);
  assertEquals(run.cannotRun?.signature, "timed_out: limit of 3 s");
  assertStringIncludes(run.outputTail, "before");
});

Deno.test("Output without end is stopped, and the tail stays small", async () => {
  const run = await runOne(commandCheck("yes 'line of output' | head -c 200000; exit 1"));
  assertEquals(run.verdict, "fail");
  assert(new TextEncoder().encode(run.outputTail).length <= 8192);
  const endless = await runOne(commandCheck("yes", { expect: { contains: ["n"] } }));
  assertEquals([endless.verdict, endless.cannotRun?.signature], [
    "cannot_run",
    "too_much_output: more than 8 MiB of output",
  ]);
});

Deno.test("What names our folders does not reach people or signatures", async () => {
  const run = await runOne(commandCheck('echo "error in $PWD/src/a.js"; exit 1'));
  assertEquals(run.line, "error in src/a.js");
});

Deno.test("Missing things of this machine are told from missing parts of the project", async () => {
  const kind = async (check: CommandInput, base: FakeFiles = { a: "" }) => {
    const run = await runOne(check, { base });
    return run.verdict === "cannot_run" ? run.cannotRun!.signature : run.verdict;
  };
  assertEquals(await kind(commandCheck("no-such-tool --x")), "missing_tool: no-such-tool");
  assertEquals(await kind(commandCheck("./build.sh")), "fail");
  assertEquals(await kind(commandCheck("./a"), { a: "no x bit" }), "fail");
  assertEquals(await kind(commandCheck("/nowhere/tool")), "missing_tool: /nowhere/tool");
  assertEquals(await kind(commandCheck("echo 'sh: 1: coupon: not found'; exit 1")), "fail");
  assertEquals(await kind(commandCheck("exit 127")), "fail");
});

Deno.test("The folder in which a check runs may be the work's to make, and stays inside", async () => {
  const check = commandCheck("pwd -P | grep -c 'checks/proj/app$'");
  const base = { "proj/app/x": "x" };
  const more = { dir: "proj/app" };
  assertEquals((await runOne(check, { base, more })).verdict, "pass");
  const missing = await runOne(check, { base, work: { "proj/y": "y" }, more });
  assertEquals([missing.verdict, missing.line], ["fail", 'The folder "proj/app" is not there']);
  const away = await runOne(check, { base, work: { "proj/app": { link: "/" } }, more });
  assertEquals([away.verdict, away.line], [
    "fail",
    'The folder "proj/app" leads out of the checkout',
  ]);
});

Deno.test("Cancelling stops a check and says so", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 300);
  const error = await assertRejects(
    () => runOne(commandCheck("sleep 300"), { more: { signal: stop.signal } }),
    OuroborosError,
  );
  assertEquals(error.code, "cancelled");
  assertMatch(error.message, /criterion 1/);
});
