import { assertEquals, assertStringIncludes } from "@std/assert";
import { memoryCheckCache } from "../../../lib/checks/check_cache.ts";
import { checkTree } from "../../../lib/checks/check_tree.ts";
import { checkBench, commandCheck } from "../../helpers/check_bench.ts";

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
