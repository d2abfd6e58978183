import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { queryEvents } from "../../../lib/app/query_events.ts";
import { appBench } from "../../helpers/app_bench.ts";

const SEED = `schema: 1
goal: ${"A long goal ".repeat(100)}
acceptance_criteria:
  - { id: hello, description: hello.txt is there, check: { run: test -e hello.txt } }
`;

Deno.test("events come in order, in slices, by type, with long texts cut", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: "echo hello > hello.txt",
  });
  const { runId } = (await bench.start({})).view;
  const all = await bench.events(runId);
  const whole = await queryEvents(bench.app, runId, { limit: 200, offset: 0 });
  assertEquals([whole.id, whole.total], [runId, all.length]);
  assertEquals(whole.events.map((one) => one.type), all.map((one) => one.type));
  const slice = await queryEvents(bench.app, undefined, { limit: 2, offset: 3 });
  assertEquals(slice.events, whole.events.slice(3, 5));
  // Slices of whatever size lead through all of them, and then end.
  const seen: string[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const next = await queryEvents(bench.app, runId, { limit: 4, offset });
    seen.push(...next.events.map((one) => one.type));
    offset = next.nextOffset;
  }
  assertEquals(seen, all.map((one) => one.type));
  const attempts = await queryEvents(bench.app, runId, { type: "attempt", limit: 50, offset: 0 });
  assert(attempts.events.length > 0 && attempts.events.length < all.length);
  assert(attempts.events.every((one) => one.type.startsWith("attempt.")));
  const one = await queryEvents(bench.app, runId, { type: "run.created", limit: 50, offset: 0 });
  assertEquals(one.total, 1);
  const { seed } = one.events[0]!.data as { seed: { goal: string } };
  assert(seed.goal.length < 300);
  assertStringIncludes(seed.goal, "more)");
});
