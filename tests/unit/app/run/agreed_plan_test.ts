import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import {
  planDifferences,
  planOfSeed,
  refuseOtherPlan,
} from "../../../../lib/app/run/agreed_plan.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";
import { runEvent, runStream } from "../../../../lib/engine/run/events.ts";
import type { RunState } from "../../../../lib/engine/run/state.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { appBench, dataOf } from "../../../helpers/app_bench.ts";

const SEED = `schema: 1
goal: Two files
acceptance_criteria:
  - { id: one, description: One is there, check: { run: test -e one } }
  - { id: two, description: Two is there, depends_on: [one], check: { run: test -e two } }
`;

const seedOf = (text: string) => loadSeed(new TextEncoder().encode(text), { name: "s" }).seed;
const differences = (text: string) =>
  planDifferences(planOfSeed(seedOf(SEED)), planOfSeed(seedOf(text)));

Deno.test("the same seed gives the same plan", () => {
  assertEquals(differences(SEED), []);
});

Deno.test("each difference is named with what was and what is", () => {
  assertEquals(differences(SEED.replace("test -e two", "ls two")), [
    'criterion "two", check 1, command: "test -e two" then, "ls two" now',
  ]);
  assertEquals(differences(SEED.replace("depends_on: [one], ", "")), [
    'criterion "two", depends_on: "one" then, "" now',
    'the order: "one then two" then, "one, two" now',
  ]);
  assertEquals(differences(SEED.replace("{ run: test -e one }", "[test -e one, ls]")), [
    'criterion "one", checks: "1" then, "2" now',
  ]);
  assertEquals(differences(SEED.replaceAll("two", "three").replace("Three is", "Two is")), [
    'criterion "two" is no longer there',
    'criterion "three" is new',
    'the order: "one then two" then, "one then three" now',
  ]);
  const [digest, ...more] = differences(
    SEED.replace("run: test -e one", "run: test -e one, timeout: 7s"),
  );
  assertStringIncludes(digest!, 'criterion "one", check 1, digest: "');
  assertEquals(more, []);
});

Deno.test("a plan that no longer agrees names the version that began the run", () => {
  const seed = seedOf(SEED);
  const created = { runId: "run_1", version: "0.0.9", seed, ...planOfSeed(seed) };
  const state = { created } as unknown as RunState;
  refuseOtherPlan({ version: "1.0.0" }, state, seed);
  const error = assertThrows(
    () => refuseOtherPlan({ version: "1.0.0" }, state, seedOf(SEED.replace("Two is", "2 is"))),
    OuroborosError,
    'Resume run "run_1": its plan no longer agrees with the journal: the seed\'s digest: "',
  );
  assertStringIncludes(
    error.message,
    'criterion "two", description: "Two is there" then, "2 is there" now',
  );
  assertStringIncludes(error.hint!, "Go on with ouroboros 0.0.9");
});

Deno.test("a run is not resumed by a plan that nobody agreed to", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: "echo > $criterion" });
  const stop = new AbortController();
  const first = await bench.start({}, {
    interrupt: stop.signal,
    confirm: () => {
      stop.abort();
      return Promise.resolve({ go: true, anyway: false, how: "flag" });
    },
  });
  assertEquals(first.view.state, "interrupted");
  // As if a version that resolves checks otherwise had begun the run.
  const events = await bench.events(first.view.runId);
  const [created] = dataOf(events, "run.created");
  const runId = "run_000000000000000002";
  const [one, two] = created!.criteria;
  const other = { ...two!, checks: [{ ...two!.checks[0]!, title: "test -f two", digest: "d" }] };
  const journal = await bench.app.journal();
  await journal.append(runStream(runId), [
    runEvent("run.created", { ...created!, runId, criteria: [one!, other] }),
  ]);
  const error = await assertRejects(() => bench.resume(runId), OuroborosError);
  assertEquals(error.code, "not_allowed");
  assertStringIncludes(
    error.message,
    'criterion "two", check 1, command: "test -f two" then, "test -e two" now',
  );
  assertEquals(await bench.starts(), [], "no agent starts");
  assert((await bench.resume(first.view.runId)).view.state === "passed");
});
