import { assertEquals, assertStringIncludes } from "@std/assert";
import { seedTrial } from "../../../../lib/app/interview/seed_trial.ts";
import type { PlannedCheckView, PlanView } from "../../../../lib/app/run/plan_view.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";

type Says = NonNullable<PlannedCheckView["now"]>["says"];

function check(title: string, says: Says, more: Partial<PlannedCheckView> = {}): PlannedCheckView {
  const now = { says, line: says === "passes" ? "" : "it said so", durationMs: 1 };
  return {
    ...{ title, kind: "command", hidden: false, preserve: false, protects: [], now },
    ...more,
  };
}

/** The trial of a seed of one criterion. */
function trialOf(
  checks: readonly PlannedCheckView[],
  foregone: string | null,
  criterion = {},
  agreed = { runs: [] as string[], byPerson: false },
) {
  const document = { goal: "g", acceptance_criteria: [{ description: "It works", ...criterion }] };
  const { seed } = loadSeed(new TextEncoder().encode(JSON.stringify(document)), { name: "s" });
  const one = { id: "1", description: "It works", dependsOn: [], checks, foregone };
  return seedTrial({ criteria: [one] } as unknown as PlanView, seed, { agreed });
}

Deno.test("checks that fail before the work, and those that hold and are to, are as they should be", () => {
  const good = [
    check("a", "fails"),
    check("b", "times out"),
    check("c", "passes", { preserve: true }),
  ];
  assertEquals(trialOf(good, null, { check: "a" }), { problems: [], remarks: [], decides: true });
});

Deno.test("one that the trial ended sooner than a run would decides nothing yet", () => {
  const document = {
    goal: "g",
    acceptance_criteria: [{ description: "d", check: { run: "sleep 999", timeout: "5m" } }],
  };
  const { seed } = loadSeed(new TextEncoder().encode(JSON.stringify(document)), { name: "s" });
  const checks = [check("sleep 999", "times out")];
  const one = { id: "1", description: "d", dependsOn: [], checks, foregone: null };
  const plan = { criteria: [one] } as unknown as PlanView;
  assertEquals(seedTrial(plan, seed, { mostMs: 120_000 }), {
    problems: [
      'Criterion 1: "sleep 999" was ended after 120 s, so that what it says is not known. Use one ' +
      "that ends sooner; where none can, give it again",
    ],
    remarks: [
      'Criterion 1: "sleep 999" was ended after 120 s, so that what it says is not known. A run ' +
      "waits 300 s, before any work too. Decline the seed where it never ends",
    ],
    decides: false,
  });
  assertEquals(seedTrial(plan, seed, { mostMs: 300_000 }).remarks, []);
});

Deno.test("a check that did not run decides nothing", () => {
  const { now: _, ...untried } = check("a", "fails");
  assertEquals(trialOf([untried], null, { check: "a" }).decides, false);
});

Deno.test("one that passes already shows nothing, and says what to do instead", () => {
  const { problems, remarks, decides } = trialOf([check("npm test", "passes")], "All pass", {
    check: "npm test",
  });
  const what = 'Criterion 1: "npm test" passes already, before any work, so that it cannot show ' +
    "that the work was done";
  assertEquals(problems, [
    `${what}. Give a command that fails now, with a test of its own in "files"; what passes ` +
    'already stands in "preserve_run"',
  ]);
  assertEquals(remarks, [
    `${what}. Decline the seed and say what can be seen only when it is done`,
  ]);
  assertEquals(decides, false);
});

Deno.test("one that cannot run is told with its cause, and decides nothing beside one that can", () => {
  const cause = "Install it";
  const cannot = check("make", "cannot run");
  const told = { ...cannot, hidden: true, now: { ...cannot.now!, cause } };
  const { problems, remarks, decides } = trialOf([check("a", "fails"), told], null, { check: "a" });
  const what = 'Criterion 1: the hidden check "make" cannot run here: it said so';
  assertEquals(problems, [
    `${what}. Use a command that runs on this machine, as those under PROJECT`,
  ]);
  assertEquals([remarks, decides], [[`${what}. Install it`], false]);
});

Deno.test("what fails already cannot be preserved", () => {
  const { problems, decides } = trialOf(
    [check("a", "fails"), check("b", "fails", { preserve: true })],
    null,
    {
      check: "a",
    },
  );
  assertEquals(problems.map((one) => one.split(". ")[0]), [
    'Criterion 1: "b" is to go on holding, and fails before any work: it said so',
  ]);
  assertEquals(decides, false);
  const passing = [check("a", "fails"), check("b", "passes", { hidden: true })];
  assertEquals(trialOf(passing, null, { check: "a" }).decides, false);
});

Deno.test("what is to be preserved must notice where it is made to fail", () => {
  const blind = check("b", "passes", { preserve: true, unnoticed: "test.sh was made to fail" });
  const { problems, decides } = trialOf([check("a", "fails"), blind], null, { check: "a" });
  assertEquals([problems.length, decides], [1, true]);
  assertEquals(
    problems[0]!.split(". ")[0],
    'Criterion 1: "b" holds, and goes on saying so where it must fail: test.sh was made to fail',
  );
});

Deno.test("where all that must be printed is shown, a hidden check is advised, and not beside one", () => {
  const shown = { run: "sh a.sh", expect: { stdout: "3" } };
  const { problems, remarks, decides } = trialOf([check("sh a.sh", "fails")], null, {
    check: shown,
  });
  assertEquals([problems, decides], [[], true]);
  assertEquals(remarks.length, 1);
  assertStringIncludes(remarks[0]!, 'Criterion 1: "sh a.sh" shows whoever works all that must be');
  const beside = { check: [shown, { run: "sh b.sh", hidden: true }] };
  assertEquals(trialOf([check("sh a.sh", "fails")], null, beside).remarks, []);
  const some = { check: { run: "sh a.sh --help", expect: { contains: "Usage" } } };
  assertEquals(trialOf([check("sh a.sh --help", "fails")], null, some).remarks, []);
});

Deno.test("what no command decides is said to be so, with the reason, and is no problem", () => {
  const agreed = { runs: [], byPerson: true };
  const taste = { verify_exemption_reason: "It is taste" };
  const meant = trialOf([], "No check decides it", taste, agreed);
  assertEquals(meant, {
    problems: [],
    remarks: [
      "Criterion 1: no command decides it (It is taste). A person closes it: ouroboros accept",
    ],
    decides: true,
  });
  assertEquals(trialOf([], "No check decides it", {}, agreed).remarks, [
    "Criterion 1: nothing decides it, and no reason says why. Decline the seed and say what can be " +
    "seen only when it is done, or who looks at it",
  ]);
  const human = check("Ann", "passes", { kind: "human" });
  assertEquals(trialOf([human], null, { check: { human: "Ann" } }, agreed).remarks, []);
});

Deno.test("a seed of which no command decides anything needs somebody who was agreed to look", () => {
  const human = [check("Ann", "passes", { kind: "human" })];
  for (
    const one of [
      trialOf([], "No check decides it"),
      trialOf(human, null, { check: { human: "Ann" } }),
    ]
  ) {
    const what = "No command decides anything of it, and nobody was agreed on who looks";
    assertEquals(one.problems, [
      `${what}. Give a criterion a "run" that can say whether the work was done`,
    ]);
    assertStringIncludes(one.remarks[0]!, what);
    assertEquals(one.decides, false);
  }
});

Deno.test("a command that was agreed on has to stand in a check", () => {
  const agreed = { runs: ["sh test.sh"], byPerson: false };
  const poem = trialOf(
    [check("test -f poem.txt", "fails")],
    null,
    { check: "test -f poem.txt" },
    agreed,
  );
  const what = '"sh test.sh", which was agreed on to verify it, stands in no check';
  assertEquals(poem, {
    problems: [
      `${what}. Let it stand in "run" or "preserve_run" of the criterion that it is about`,
    ],
    remarks: [`${what}. Decline the seed and say what it is to decide`],
    decides: false,
  });
  const told = trialOf([check("sh test.sh", "fails")], null, { check: "sh ./test.sh" }, agreed);
  assertEquals(told, { problems: [], remarks: [], decides: true });
});
