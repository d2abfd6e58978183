import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { diffRun } from "../../../../lib/app/diff_run.ts";
import type { RunEvent } from "../../../../lib/engine/run/events.ts";
import { type AppBench, appBench, dataOf } from "../../../helpers/app_bench.ts";

/** A seed of criteria that want a file each, with their checks. */
function seedOf(checks: Readonly<Record<string, string>>): string {
  const lines = Object.entries(checks).map(([id, check]) =>
    `  - id: ${id}\n    description: Criterion ${id}\n    check: { run: ${JSON.stringify(check)} }`
  );
  return `schema: 1\ngoal: Several things\nacceptance_criteria:\n${lines.join("\n")}\n`;
}

/** Shell text that counts the agents at work into `most`, and works until `count` have been there. */
const together = (count: number) =>
  `echo x >> "$notes/here-$criterion"
  i=0; while [ $(ls "$notes" | grep -c "^here-") -lt ${count} ] && [ $i -lt 100 ]; do
    sleep 0.1; i=$((i + 1)); done
  [ $i -lt 100 ] || exit 1`;

async function changedPaths(bench: AppBench, id: string): Promise<string[]> {
  return (await diffRun(bench.app, id, {})).changed.map((one) => one.path).sort();
}

/** Agents that were at work at the same time, at the most. */
function mostAtOnce(events: readonly RunEvent[]): number {
  let [now, most] = [0, 0];
  for (const { type } of events) {
    if (type === "attempt.started") most = Math.max(most, ++now);
    if (type === "attempt.ended") now--;
  }
  return most;
}

Deno.test("agents work side by side, each in its own folder, and the branch has the work of all", async () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  await using bench = await appBench({
    files: { "seed.yaml": seedOf(Object.fromEntries(ids.map((id) => [id, `test -e ${id}.txt`]))) },
    play: `case $criterion in [abc]) ${together(3)};; esac; echo x > $criterion.txt`,
  });
  const { view } = await bench.start({ limits: { jobs: 3, attempts: 1 } });
  assertEquals([view.state, view.reason], ["passed", "6 of 6 criteria hold"]);
  assertEquals(await changedPaths(bench, view.runId), ids.map((id) => `${id}.txt`));
  const events = await bench.events(view.runId);
  assertEquals(mostAtOnce(events), 3);
  assert(
    dataOf(events, "branch.rechecked").some((one) => (one.with ?? []).length > 0),
    "what came together was looked at together",
  );
});

Deno.test("checks are run one at a time: one may need a port, or the machine", async () => {
  await using bench = await appBench({
    play: `${together(3)}; echo x > $criterion.txt`,
  });
  const check = (id: string) =>
    `mkdir ${bench.notes}/alone || exit 7; sleep 0.3; rmdir ${bench.notes}/alone; test -e ${id}.txt`;
  const seed = seedOf({ a: check("a"), b: check("b"), c: check("c") });
  await Deno.writeTextFile(`${bench.project}/seed.yaml`, seed);
  const { view } = await bench.start({ limits: { jobs: 3, attempts: 1 } });
  assertEquals(view.state, "passed");
});

Deno.test("who conflicts begins again on the branch, and is told where", async () => {
  await using bench = await appBench({
    files: {
      "list.txt": "one\n",
      "seed.yaml": seedOf({ a: "grep -qx a list.txt", b: "grep -qx b list.txt" }),
    },
    play: `[ $n = 2 ] || { ${together(2)}; }
    echo $criterion >> list.txt`,
  });
  const { view } = await bench.start({ limits: { jobs: 2 } });
  assertEquals(view.state, "passed");
  const events = await bench.events(view.runId);
  const [conflict] = dataOf(events, "attempt.conflicted");
  assertEquals(conflict?.paths, ["list.txt"]);
  const again = dataOf(events, "attempt.started").find((one) => one.attempt === 2)!;
  assertEquals([again.criterion, again.fresh, again.session], [conflict!.criterion, true, null]);
  const prompt = await bench.note(`prompt-${again.criterion}-2`);
  assertStringIncludes(prompt, "list.txt");
  assertEquals(dataOf(events, "attempt.started").length, 3);
});

Deno.test("of two that pass alone and not together one stays, and the other goes on in files that have both", async () => {
  // Both hold alone: at most one file may be there. The second one learns to do without its own.
  const few = "test $(ls | grep -c '^thing-') -le 1";
  await using bench = await appBench({
    files: {
      "seed.yaml": seedOf({
        a: `${few} && test -e done-a`,
        b: `${few} && test -e done-b`,
      }),
    },
    play: `if [ $n = 1 ]; then ${together(2)}; touch thing-$criterion
    else ls > "$notes/seen-$criterion"; rm -f thing-$criterion; fi
    touch done-$criterion`,
  });
  const { view } = await bench.start({ limits: { jobs: 2 } });
  assertEquals(view.state, "passed");
  const events = await bench.events(view.runId);
  assertEquals(dataOf(events, "batch.reverted").length, 1);
  const [reverted] = dataOf(events, "attempt.reverted");
  assertEquals(dataOf(events, "attempt.reverted").length, 1, "the one to blame, and no other");
  const again = dataOf(events, "attempt.started").find((one) => one.attempt === 2)!;
  assertEquals([again.criterion, again.fresh], [reverted!.criterion, false]);
  assertEquals(again.session, `s-${again.criterion}-1`, "the same session goes on");
  const seen = (await bench.note(`seen-${again.criterion}`)).split("\n").filter(Boolean);
  assertEquals(seen.filter((one) => one !== "seed.yaml"), [
    "done-a",
    "done-b",
    "thing-a",
    "thing-b",
  ]);
  assertStringIncludes(await bench.note(`prompt-${again.criterion}-2`), "merged into these files");
  const other = again.criterion === "a" ? "b" : "a";
  assertEquals(await changedPaths(bench, view.runId), ["done-a", "done-b", `thing-${other}`]);
});

Deno.test("a later stage begins on the branch with what it needs, and does not wait for the rest", async () => {
  await using bench = await appBench({
    files: {
      "seed.yaml": `schema: 1
goal: A chain beside something slow
acceptance_criteria:
  - { id: slow, description: S, check: { run: test -e slow.txt } }
  - { id: first, description: F, check: { run: test -e first.txt } }
  - { id: second, description: T, depends_on: [first], check: { run: test -e second.txt } }
`,
    },
    play: `case $criterion in
      slow) while [ ! -e "$notes/second" ]; do sleep 0.1; done; touch slow.txt;;
      first) touch first.txt;;
      second) cp first.txt second.txt; touch "$notes/second";;
    esac`,
  });
  const { view } = await bench.start({ limits: { jobs: 2, attempts: 1 } });
  assertEquals(view.state, "passed");
});

Deno.test("a limit that one agent meets pauses all of them until it ends, and nobody has to come back", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": seedOf({ a: "test -e a.txt", b: "test -e b.txt", c: "test -e c.txt" }) },
    play: `date +%s%3N > "$notes/start-$criterion-$n"
    case $criterion-$n in
      a-1) date +%s%3N > "$notes/limited"; echo "reset 8 rate_limited Too many requests"; exit 1;;
      b-1) while [ ! -e "$notes/limited" ]; do sleep 0.05; done;;
    esac
    touch $criterion.txt`,
  });
  const { view, progress } = await bench.start({ limits: { jobs: 2, attempts: 1 } });
  assertEquals(view.state, "passed", view.reason);
  const at = async (name: string) => Number(await bench.note(name));
  const free = await at("limited") + 8000;
  assert(await at("start-a-2") >= free, "it goes on when the limit has ended");
  assert(await at("start-c-1") >= free, "nobody else begins before");
  const waits = progress.flatMap((one) => one.type === "waiting" ? [one.reason] : []);
  assertEquals([...new Set(waits)], ["Too many requests"]);
});

Deno.test("a limit that ends too late interrupts with its end and the way to wait for it", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": seedOf({ a: "test -e a.txt" }) },
    play: `echo "reset 7000 quota_exhausted The plan's hours are used up"; exit 1`,
  });
  const { view } = await bench.start({ limits: { waitMs: 60_000 } });
  assertEquals(view.state, "interrupted");
  assertStringIncludes(view.reason, "The plan's hours are used up; to wait 7000s");
  assertStringIncludes(view.hint ?? "", `ouroboros resume ${view.runId} later, or with --wait 2h`);
});

Deno.test("waiting for a provider uses up none of the run's minutes", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": seedOf({ a: "test -e a.txt" }) },
    play: `[ $n = 2 ] || { echo "reset 16 rate_limited Too many requests"; exit 1; }
    touch a.txt`,
  });
  const { view } = await bench.start({ limits: { minutes: 0.25, waitMs: 60_000 } });
  assertEquals(view.state, "passed", view.reason);
});

Deno.test("at a ceiling all that is at work ends, nothing more is started, and a resume goes on", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": seedOf({ a: "test -e a.txt", b: "test -e b.txt", c: "test -e c.txt" }) },
    play: `touch $criterion.txt
    [ -e "$notes/more" ] && exit 0
    ${together(2)}
    echo "tokens 60 0"; sleep 100`,
  });
  const { view } = await bench.start({ limits: { jobs: 2, maxTokens: 100 } });
  assertEquals([view.state, view.exit], ["interrupted", 8]);
  assertStringIncludes(view.reason, "All 100 tokens of this run are used up");
  assertEquals((await bench.starts()).length, 2);
  assert((view.usage.inputTokens ?? 0) <= 120, "one unit of each that was at work at the most");
  await Deno.writeTextFile(`${bench.notes}/more`, "");
  const again = await bench.resume(view.runId, { limits: { maxTokens: 1000 } });
  assertEquals(again.view.state, "passed", again.view.reason);
});

Deno.test("what a run costs in dollars is counted where its runtime reports it", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": seedOf({ a: "test -e a.txt" }) },
    play: `echo "cost 0.30"; touch a.txt`,
  });
  const { view } = await bench.start({ limits: { maxUsd: 1 } });
  assertEquals([view.state, view.usage.costUsd], ["passed", 0.3]);
});

Deno.test("six that all add to one file pass, each with one conflict at the most", async () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const checks = Object.fromEntries(ids.map((id) => [id, `grep -qx ${id} list.txt`]));
  await using bench = await appBench({
    files: { "list.txt": "one\n", "seed.yaml": seedOf(checks) },
    play: `echo $criterion >> list.txt`,
  });
  const { view } = await bench.start({ limits: { jobs: 6, attempts: 1 } });
  assertEquals([view.state, view.reason], ["passed", "6 of 6 criteria hold"]);
  assert((await bench.starts()).length <= 11, `${(await bench.starts()).length} starts`);
});
