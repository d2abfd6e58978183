import { assertEquals } from "@std/assert";
import { compareSeeds } from "../../../../lib/engine/seed/compare_seeds.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";
import type { Seed } from "../../../../lib/engine/seed/seed.ts";

function seed(text: string): Seed {
  return loadSeed(new TextEncoder().encode(text), { name: "seed.yaml" }).seed;
}

const compared = (before: string, after: string) => compareSeeds(seed(before), seed(after));

const SHOP = `
goal: Coupons work
constraints: [The API stays, No new package]
acceptance_criteria:
  - id: expired
    description: A coupon counts until its last day
    check: { run: npm test, protect: ["test/**"] }
  - id: help
    description: shop --help names every option
    depends_on: [expired]
    check: node shop.js --help
`;

Deno.test("layout, spelling, order and origin mean nothing", () => {
  const same = `
metadata: { seed_id: seed_2, parent_seed_id: seed_1 }
acceptance_criteria:
  - { id: help, content: "shop --help names every option", after: expired, verify: [node shop.js --help] }
  - { id: expired, criterion: A coupon counts until its last day, checks: [{ run: npm test, timeout: 10m, protect: test/** }] }
constraints: [No new package, The API stays]
goal: "Coupons work"
`;
  const { equal, ...rest } = compared(SHOP, same);
  assertEquals({ equal, ...rest }, {
    equal: true,
    goal: null,
    constraints: { removed: [], added: [] },
    criteria: [],
    others: [],
  });
});

Deno.test("what is gone, what came and what changed is told part for part", () => {
  const after = `
goal: Coupons and vouchers work
constraints: [The API stays, POSIX sh]
task_type: research
workspace: { dir: shop }
acceptance_criteria:
  - id: expired
    description: A coupon counts until its last day, and not after
    artifacts: [src/coupon.js]
    check:
      - { run: npm test, protect: ["test/**"], timeout: 20s }
      - human: Ann looks at the page
  - id: log
    description: It is logged
    verify_exemption_reason: Nobody reads it
`;
  assertEquals(compared(SHOP, after), {
    equal: false,
    goal: { before: "Coupons work", after: "Coupons and vouchers work" },
    constraints: { removed: ["No new package"], added: ["POSIX sh"] },
    criteria: [
      {
        id: "expired",
        change: "changed",
        description: "A coupon counts until its last day",
        changes: [
          {
            part: "description",
            before: "A coupon counts until its last day",
            after: "A coupon counts until its last day, and not after",
          },
          {
            part: "check",
            before: 'npm test; protect: ["test/**"]',
            after: 'npm test; timeout: 20s; protect: ["test/**"]',
          },
          { part: "check", before: null, after: "a person decides: Ann looks at the page" },
          { part: "artifacts", before: null, after: "src/coupon.js" },
        ],
      },
      {
        id: "help",
        change: "removed",
        description: "shop --help names every option",
        changes: [{ part: "check", before: "node shop.js --help", after: null }],
      },
      { id: "log", change: "added", description: "It is logged", changes: [] },
    ],
    others: ["task_type", "workspace"],
  });
});

Deno.test("criteria without ids of their own are found by what they say, and depend on the same", () => {
  const before = `
goal: g
acceptance_criteria:
  - First
  - { description: Second, depends_on: [1], check: make second }
`;
  const after = `
goal: g
acceptance_criteria:
  - Something before
  - First
  - { description: Second, depends_on: [2], check: make second }
`;
  assertEquals(compared(before, after).criteria, [
    { id: "1", change: "added", description: "Something before", changes: [] },
  ]);
  const moved = after.replace("depends_on: [2]", "depends_on: [1]");
  assertEquals(compared(before, moved).criteria[0]?.changes, [
    { part: "depends on", before: "1", after: "1 (added)" },
  ]);
});

Deno.test("a check that is there twice is not one that is there once", () => {
  const once = "goal: g\nacceptance_criteria: [{ id: a, description: d, check: [make a] }]";
  const twice = once.replace("[make a]", "[make a, make a]");
  assertEquals(compared(once, twice).criteria[0]?.changes, [
    { part: "check", before: null, after: "make a" },
  ]);
  assertEquals(compared(twice, twice).equal, true);
});
