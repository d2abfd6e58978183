import { assertEquals, assertStringIncludes } from "@std/assert";
import { memoryCheckCache } from "../../../lib/checks/check_cache.ts";
import { checkTree } from "../../../lib/checks/check_tree.ts";
import { checkBench, commandCheck } from "../../helpers/check_bench.ts";
import { gitProject } from "../../helpers/git_project.ts";

const verdicts = (runs: ({ verdict: string; reused: boolean } | null)[]) =>
  runs.map((run) => run && `${run.verdict}${run.reused ? " reused" : ""}`);

Deno.test("Every check gets a clean checkout; a person's check has no result", async () => {
  await using bench = await checkBench();
  const base = { "a": "a" };
  const seen: number[] = [];
  const runs = await checkTree(
    [
      commandCheck("test ! -e left && echo x > left && echo changed > a"),
      { kind: "human", human: "look" },
      commandCheck("test ! -e left && grep -qx a a"),
    ],
    bench.workspace.tree({ a: "a\n" }),
    bench.options(base, { onRun: (index) => seen.push(index) }),
  );
  assertEquals(verdicts(runs), ["pass", null, "pass"]);
  assertEquals(seen, [0, 2]);
});

Deno.test("A (check, tree) pair runs once, except where it could not run", async () => {
  await using bench = await checkBench();
  const cache = memoryCheckCache();
  const options = bench.options({ a: "a" }, { cache });
  const tree = bench.workspace.tree({ a: "b" });
  const checks = [commandCheck("true"), commandCheck("false"), commandCheck("no-such-tool")];
  assertEquals(verdicts(await checkTree(checks, tree, options)), ["pass", "fail", "cannot_run"]);
  const preserve = { ...checks[0]!, preserve: true };
  assertEquals(verdicts(await checkTree([preserve, ...checks.slice(1)], tree, options)), [
    "pass reused",
    "fail reused",
    "cannot_run",
  ]);
  assertEquals(verdicts(await checkTree(checks, tree, { ...options, again: true })), [
    "pass",
    "fail",
    "cannot_run",
  ]);
  const other = bench.workspace.tree({ a: "c" });
  assertEquals(verdicts(await checkTree(checks.slice(0, 2), other, options)), ["pass", "fail"]);
});

Deno.test("Prepare runs once per tree, before the check, and again for another tree", async () => {
  await using bench = await checkBench();
  const log = `${bench.folder}/prepared`;
  const prepare = {
    run: `mkdir -p ignored && echo ready > ignored/state && echo once >> ${log}`,
    when: ["lock"],
    timeoutMs: 60_000,
  };
  const options = bench.options({ lock: "1" }, { prepare });
  const checks = [
    commandCheck("grep -q ready ignored/state && echo built > ignored/dist"),
    commandCheck("cat ignored/state"),
  ];
  const one = bench.workspace.tree({ lock: "1", a: "1" });
  assertEquals(verdicts(await checkTree(checks, one, options)), ["pass", "pass"]);
  const times = async () => (await Deno.readTextFile(log)).trim().split("\n").length;
  assertEquals(await times(), 1);
  const two = bench.workspace.tree({ lock: "1", a: "2" });
  const stale = commandCheck("test ! -e ignored/dist && test -e ignored/state");
  assertEquals(verdicts(await checkTree([stale], two, options)), ["pass"]);
  assertEquals(await times(), 2);
});

Deno.test("Where prepare fails no check has decided anything, and its line is told", async () => {
  await using bench = await checkBench();
  const options = bench.options({ a: "1" }, {
    prepare: { run: "echo 'error: lock file is broken'; exit 1", when: [], timeoutMs: 60_000 },
  });
  const [run] = await checkTree([commandCheck("true")], options.base, options);
  assertEquals([run!.verdict, run!.cannotRun?.kind], ["cannot_run", "not_started"]);
  assertStringIncludes(run!.line, "preparation failed: error: lock file is broken");
});

Deno.test("What prepare does to protected files is put back", async () => {
  await using bench = await checkBench();
  const base = { "tests/a": "base\n" };
  const options = bench.options(base, {
    prepare: { run: "echo cheat > tests/a", when: [], timeoutMs: 60_000 },
  });
  const runs = await checkTree(
    [commandCheck("cat tests/a", { protect: ["tests/**"], expect: { stdout: "base" } })],
    bench.workspace.tree({ ...base, "b": "work" }),
    options,
  );
  assertEquals(verdicts(runs), ["pass"]);
});

/** A preparation that builds a test from its sources, as `make` does, in a folder that git ignores. */
const BUILD = {
  run: "mkdir -p ignored && cat t.sh a.sh > ignored/t && chmod +x ignored/t",
  when: [],
  timeoutMs: 60_000,
};
const BUILT = commandCheck("./ignored/t", { protect: ["t.sh"] });

Deno.test("Prepare builds from the protected files, not from what the work made of them", async () => {
  await using bench = await checkBench();
  const base = { "t.sh": "#!/bin/sh\ntest -e done || exit 1\n", "a.sh": "" };
  const options = bench.options(base, { prepare: BUILD });
  const tree = bench.workspace.tree({ ...base, "t.sh": "#!/bin/sh\nexit 0\n" });
  assertEquals(verdicts(await checkTree([BUILT], tree, options)), ["fail"]);
});

Deno.test("Prepare builds from the check's own files, and they are put back after it", async () => {
  await using bench = await checkBench();
  const options = bench.options({ "a.sh": "" }, {
    prepare: { ...BUILD, run: `${BUILD.run} && echo 'exit 0' > t.sh` },
  });
  const own = commandCheck("./ignored/t && grep -q given t.sh", {
    files: { "t.sh": "#!/bin/sh\n# given\n" },
  });
  const tree = bench.workspace.tree({ "a.sh": "", "done": "" });
  assertEquals(verdicts(await checkTree([own], tree, options)), ["pass"]);
  const left = await Array.fromAsync(Deno.readDir(`${bench.workspace.folder}/checks`));
  assertEquals(left.map(({ name }) => name).sort(), ["a.sh", "done", "ignored"]);
});

Deno.test("A prepared checkout serves no check for which other files were put back", async () => {
  await using bench = await checkBench();
  const log = `${bench.folder}/prepared`;
  const base = { "t.sh": "#!/bin/sh\nexit 1\n", "a.sh": "" };
  const options = bench.options(base, {
    prepare: { ...BUILD, run: `echo >> ${log}; ${BUILD.run}` },
  });
  const open = { ...BUILT, protect: [] };
  const given = {
    ...BUILT,
    protect: [],
    files: { "t.sh": "#!/bin/sh\nexit 3\n" },
    expect: { exit: 3 },
  };
  const works = { ...base, "t.sh": "#!/bin/sh\nexit 0\n" };
  const runs = await checkTree([open, BUILT, given, open], bench.workspace.tree(works), options);
  assertEquals(verdicts(runs), ["pass", "fail", "pass", "pass reused"]);
  const times = async () => (await Deno.readTextFile(log)).length;
  assertEquals(await times(), 3);
  // Where nothing was changed that is protected, what is protected makes no difference.
  const clean = bench.workspace.tree({ ...base, "b": "work" });
  const more = { ...BUILT, protect: ["t.sh", "old/**"] };
  assertEquals(verdicts(await checkTree([BUILT, open, more], clean, options)), [
    "fail",
    "fail",
    "fail",
  ]);
  assertEquals(await times(), 4);
});

Deno.test("What prepare left alone keeps its time, so that nothing built from it looks old", async () => {
  await using bench = await checkBench();
  const base = { "tests/a.sh": "exit 1\n", "b": "" };
  const options = bench.options(base, {
    prepare: { run: "mkdir -p ignored && echo > ignored/built", when: [], timeoutMs: 60_000 },
  });
  const check = commandCheck(
    "test ! tests/a.sh -nt ignored/built && test ! given -nt ignored/built",
    { protect: ["tests"], files: { "given": "text" } },
  );
  const tree = bench.workspace.tree({ ...base, "tests/a.sh": "exit 0\n" });
  assertEquals(verdicts(await checkTree([check], tree, options)), ["pass"]);
});

/** Verdicts on works that a shell does, on a real checkout of each. */
async function verdictsOn(
  base: Readonly<Record<string, string>>,
  check: ReturnType<typeof commandCheck>,
  works: readonly string[],
): Promise<(string | null)[]> {
  await using bench = await checkBench();
  await using project = await gitProject({ files: base });
  const workspace = await project.workspace();
  const { commit, tree } = await workspace.snapshot({});
  const said: (string | null)[] = [];
  for (const [index, work] of works.entries()) {
    const { path } = await workspace.worktree(`${index}`, commit);
    await project.sh(work, path);
    const made = await workspace.commit(`${index}`, { parent: commit, message: "m" });
    const options = { ...bench.options({}), workspace, base: tree };
    said.push(...verdicts(await checkTree([check], made.tree, options)));
  }
  return said;
}

/** Whether a tool starts here. */
function starts(command: string, arg: string): boolean {
  try {
    return new Deno.Command(command, { args: [arg], stdout: "null", stderr: "null" })
      .outputSync().success;
  } catch {
    return false;
  }
}

const COMPILES = starts("make", "--version") && starts("cc", "--version");

Deno.test({
  name: `A program or an object that the work hands in is built anew${
    COMPILES ? "" : " (skipped: make or cc does not run here)"
  }`,
  ignore: !COMPILES,
  async fn() {
    const base = {
      "Makefile": "t: t.o a.o\n\t$(CC) -o t t.o a.o\n",
      "a.c": "int one(void) { return 0; }\n",
      "t.c": "int one(void);\nint main(void) { return one() == 1 ? 0 : 1; }\n",
    };
    const check = commandCheck("make -s t && ./t", { protect: ["Makefile", "t.c"] });
    const right = "sed -i.bak 's/0;/1;/' a.c && rm a.c.bak";
    const wrong = "printf 'int one(void) { return 0; }\\n' > a.c";
    const said = await verdictsOn(base, check, [
      "echo 'int main(void) { return 0; }' > x.c && cc -o t x.c && rm x.c",
      "printf '#!/bin/sh\\nexit 0\\n' > t && chmod +x t",
      `${right} && make -s t && rm t && ${wrong} && touch a.o`,
      `make -s t; ${right}`,
    ]);
    assertEquals(said, ["fail", "fail", "fail", "pass"]);
  },
});

const PYTHON = starts("python3", "--version");

Deno.test({
  name: `Bytecode that the work hands in is not run${
    PYTHON ? "" : " (skipped: python3 does not run here)"
  }`,
  ignore: !PYTHON,
  async fn() {
    const base = { "m.py": "def one(): return 0\n", "t.py": "import m\nassert m.one() == 1\n" };
    const keep = "import py_compile as p; p.compile('m.py', " +
      "invalidation_mode=p.PycInvalidationMode.UNCHECKED_HASH)";
    const right = "echo 'def one(): return 1' > m.py";
    const work = `${right} && python3 -c "${keep}" && echo 'def one(): return 0' > m.py`;
    const check = commandCheck("python3 t.py", { protect: ["t.py"] });
    assertEquals(await verdictsOn(base, check, [work, `${work} && ${right}`]), ["fail", "pass"]);
  },
});
