import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renamedSeed } from "../../../../lib/app/seeds/renamed_seed.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";

const NAMES = { id: "seed_2", from: "seed_1" };

function renamed(text: string) {
  const made = renamedSeed(text, NAMES);
  const { seed } = loadSeed(new TextEncoder().encode(made), { name: "seed.yaml" });
  assertEquals(seed.id, "seed_2");
  assertEquals(seed.metadata.parent_seed_id, "seed_1");
  return { made, seed };
}

Deno.test("comments and layout stay, and so does the rest of the metadata", () => {
  const { made, seed } = renamed(`# what the shop needs
goal:   Coupons work   # all of them
acceptance_criteria:
    - It works
metadata:
  seed_id: seed_1      # ours
  interview_id: interview_1
`);
  assertStringIncludes(made, "# what the shop needs\ngoal:   Coupons work   # all of them\n");
  assertEquals(seed.metadata.interview_id, "interview_1");
});

Deno.test("it is made where there was none: YAML, JSON, one line, an empty mapping, a parent before", () => {
  for (
    const text of [
      "goal: g\n",
      "{goal: g}",
      '{"goal": "g", "metadata": {"seed_id": "seed_1"}}\n',
      "goal: g\nmetadata:\n",
      "goal: g\nmetadata: {}\n",
      "goal: g\nmetadata: { seed_id: seed_1, parent_seed_id: null }\n",
      "goal: g\nmetadata: { <<: { seed_id: seed_1, parent_seed_id: seed_0 } }\n",
    ]
  ) assertEquals(renamed(text).seed.goal, "g");
});

Deno.test("what stands in a merge key keeps its meaning", () => {
  const { seed } = renamed(`
goal: g
metadata: &m { seed_id: seed_1, ambiguity_score: 0.1 }
orchestrator: *m
acceptance_criteria: [{ id: a, description: d, check: make a }]
`);
  assertEquals(seed.metadata.ambiguity_score, 0.1);
  assert(seed.criteria.length === 1);
});
