import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { SeedDiff } from "../../../../lib/app/seeds/diff_seeds.ts";
import { seedDiffText } from "../../../../lib/cli/render/seed_diff.ts";

const SIDE = { id: "seed_1", path: "/a/seed_1.yaml", digest: "d" };
const SAME: SeedDiff = {
  before: SIDE,
  after: { ...SIDE, id: "seed_2", path: "/a/seed_2.yaml" },
  equal: true,
  goal: null,
  constraints: { removed: [], added: [] },
  criteria: [],
  others: [],
};
const STYLE = { color: false, columns: 40 };

Deno.test("two that mean the same are one line", () => {
  assertEquals(seedDiffText(SAME, STYLE), "seed_1 and seed_2 mean the same\n");
});

Deno.test("what differs is wrapped and never cut, and obeys no terminal codes of the seed's", () => {
  const text = seedDiffText({
    ...SAME,
    equal: false,
    goal: { before: "word ".repeat(20).trim(), after: "\x1b[31mred" },
    criteria: [{ id: "a", change: "removed", description: "Gone", changes: [] }],
    others: ["workspace"],
  }, STYLE);
  for (const line of text.split("\n")) assert(line.length <= 40, line);
  assertEquals(text.match(/word/g)?.length, 20);
  assertStringIncludes(text, "\n  + red\n");
  assertStringIncludes(text, "Criterion a, removed\n  - Gone\n");
  assertStringIncludes(text, "Also different: workspace\n");
});
