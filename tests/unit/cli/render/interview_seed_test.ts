import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { interviewSeedText } from "../../../../lib/cli/render/interview_seed.ts";
import type { SeedPlan } from "../../../../lib/cli/interview_view.ts";
import { parse, stringify } from "@std/yaml";
import { visible } from "../../../../lib/cli/render/text.ts";

const CHECK = {
  ...{ title: "npm test", kind: "command" as const, hidden: false, preserve: false, protects: [] },
  now: { says: "fails" as const, line: "expected 200, got 180", durationMs: 12 },
};

const draft = (criteria: SeedPlan["criteria"]) => ({
  text: "goal: It works\nacceptance_criteria:\n  - It works\n",
  // Only its criteria are shown.
  plan: { criteria } as unknown as SeedPlan,
  problem: null,
  problems: [],
  remarks: ["Criterion late: nothing decides it"],
  decides: true,
});

const CRITERION = {
  ...{ id: "one", description: "It works", dependsOn: [], checks: [CHECK], foregone: null },
};

Deno.test("a seed stands as it would be frozen, with what each check says now and what to know", () => {
  const human = { ...CHECK, kind: "human" as const, title: "Ann" };
  const cannot = {
    ...CHECK,
    hidden: true,
    now: { says: "cannot run" as const, line: "no npm", cause: "Install it", durationMs: 1 },
  };
  assertEquals(
    interviewSeedText(
      draft([
        CRITERION,
        { ...CRITERION, id: "two", checks: [human, cannot], foregone: "it cannot run" },
      ]),
      { color: false, columns: 80 },
    ),
    `The seed
  goal: It works
  acceptance_criteria:
    - It works

What its checks say now
  one It works
      npm test
        fails now: expected 200, got 180
  two It works
      a person decides: Ann
      npm test [hidden]
        cannot run: no npm
        Install it
      no agent would be started: it cannot run

Before it is frozen
  Criterion late: nothing decides it
`,
  );
});

Deno.test("a seed whose checks could not be tried says why", () => {
  const text = interviewSeedText(
    { ...draft([]), plan: null, problem: "No git here", remarks: [] },
    {
      color: false,
      columns: 80,
    },
  );
  assertStringIncludes(text, "Before it is frozen\n  No git here\n");
  assertEquals(text.includes("What its checks say"), false);
});

Deno.test("what checks print is cut to the screen", () => {
  const long = "日本 \x1b[2Jwords ".repeat(100);
  const check = { ...CHECK, title: long, now: { ...CHECK.now, line: long } };
  const text = interviewSeedText(draft([{ ...CRITERION, description: long, checks: [check] }]), {
    color: false,
    columns: 80,
  });
  assert(!text.includes("\x1b"));
  for (const line of text.split("\n")) assert(visible(line) <= 80, line);
});

Deno.test("no line of a seed is wider than the screen, and broken it reads as the same seed", () => {
  const words = "many words ".repeat(12).trim();
  const seed = {
    goal: words,
    constraints: [words, "語".repeat(60)],
    acceptance_criteria: [{ description: words, check: { run: `sh test.sh && ${words}` } }],
  };
  const text = `${stringify(seed, { lineWidth: 200 })}folded: >-\n  ${words}\n  ${words}\n`;
  for (const columns of [40, 80, 120]) {
    const shown = interviewSeedText({ ...draft([]), text, plan: null }, { color: false, columns });
    const lines = shown.split("\n");
    for (const line of lines) assert(visible(line) <= columns, line);
    const read = parse(lines.slice(1, lines.indexOf("")).join("\n")) as typeof seed;
    // Where there is no blank to break at, there has to be one more.
    read.constraints[1] = read.constraints[1]!.replaceAll(" ", "");
    assertEquals(read, { ...seed, folded: `${words} ${words}` } as typeof seed);
  }
});
