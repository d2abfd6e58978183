import { assertEquals } from "@std/assert";
import { planStages } from "../../../../lib/engine/seed/plan_stages.ts";

const plan = (needs: Record<string, string[]>) =>
  planStages(Object.entries(needs).map(([id, dependsOn]) => ({ id, dependsOn })));

Deno.test("what needs nothing of each other shares a stage, in the seed's order", () => {
  assertEquals(plan({ a: [], b: ["a"], c: ["a"], d: ["b", "c"], e: [] }), {
    stages: [["a", "e"], ["b", "c"], ["d"]],
    dropped: [],
  });
});

Deno.test("a cycle of two is broken in favour of the first, and reported", () => {
  assertEquals(plan({ one: ["two"], two: ["one"] }), {
    stages: [["one"], ["two"]],
    dropped: ["two -> one"],
  });
});

Deno.test("only the cycle is touched, not what waits for it", () => {
  // "p" stands first but is in no cycle: its own wish is kept.
  assertEquals(plan({ p: ["r"], q: ["r"], r: ["q"] }), {
    stages: [["q"], ["r"], ["p"]],
    dropped: ["r -> q"],
  });
});

Deno.test("several cycles are all broken, each criterion is planned once", () => {
  const result = plan({ a: ["b", "c"], b: ["a"], c: ["a", "d"], d: ["c"], e: ["e2"], e2: ["e"] });
  assertEquals(result.stages.flat().toSorted(), ["a", "b", "c", "d", "e", "e2"]);
  assertEquals(
    plan({ a: ["b", "c"], b: ["a"], c: ["a", "d"], d: ["c"], e: ["e2"], e2: ["e"] }),
    result,
  );
});

Deno.test("every dependency that was not dropped is honoured, whatever the graph", () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 200; round++) {
    const size = 1 + random(9);
    const needs: Record<string, string[]> = {};
    for (let i = 0; i < size; i++) {
      const wanted = Array.from({ length: random(4) }, () => `n${random(size)}`);
      needs[`n${i}`] = [...new Set(wanted)].filter((id) => id !== `n${i}`);
    }
    const { stages, dropped } = plan(needs);
    const stageOf = new Map(stages.flatMap((ids, stage) => ids.map((id) => [id, stage] as const)));
    assertEquals(stageOf.size, size);
    for (const [id, wanted] of Object.entries(needs)) {
      for (const before of wanted) {
        const holds = stageOf.get(before)! < stageOf.get(id)!;
        assertEquals(holds || dropped.includes(`${before} -> ${id}`), true, JSON.stringify(needs));
      }
    }
  }
});

Deno.test("unknown ids count as met, an empty seed has no stage", () => {
  assertEquals(plan({ a: ["nobody"] }).stages, [["a"]]);
  assertEquals(plan({}).stages, []);
});
