import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { PlanView } from "../../../../lib/app/run/plan_view.ts";
import { planText } from "../../../../lib/cli/render/plan.ts";
import { visible } from "../../../../lib/cli/render/text.ts";

const PLAN: PlanView = {
  runId: "run_x",
  goal: "Coupons work",
  seedName: "seed.yaml",
  project: "/shop",
  runtime: { id: "made-up", title: "Made Up", version: "1.2.3", program: "/bin/made-up" },
  model: null,
  permission: { asked: "edit", effective: "edit", confinement: "its own sandbox" },
  base: { head: "0123456789abcdef", branch: "main", ref: null, dirty: 2, files: 40, notices: [] },
  carry: [],
  prepare: null,
  limits: {
    ...{ attempts: 3, minutes: 60, maxTokens: null, maxUsd: null, jobs: 1, waitMinutes: 60 },
  },
  counted: "per-call",
  checkRuns: { runs: 3, ms: 3702, checkouts: 4 },
  criteria: [{
    id: "expired",
    description: "An expired coupon is refused",
    dependsOn: [],
    checks: [{
      title: "npm test",
      kind: "command",
      hidden: false,
      preserve: false,
      protects: [],
      now: { says: "fails", line: "expected 200, got 180", durationMs: 1234 },
    }],
    foregone: null,
  }],
  dropped: [],
  agents: 1,
  notices: [],
};

const plain = (plan: PlanView, columns = 80) => planText(plan, { color: false, columns });

Deno.test("the plan says what a conflict and the provider's limits add", () => {
  const limits = (more: Partial<PlanView["limits"]>) =>
    plain({ ...PLAN, limits: { ...PLAN.limits, ...more } }, 200);
  assertStringIncludes(
    limits({ jobs: 2 }),
    "3 tries a criterion (and one more after a conflict), ",
  );
  assert(!limits({}).includes("conflict"));
  assertStringIncludes(
    limits({ waitMinutes: 90 }),
    "waits up to 90m for the provider's own limits",
  );
  assertStringIncludes(limits({ waitMinutes: 0 }), "no wait for the provider's own limits");
});

Deno.test("the plan says who works, with which rights, from where, and what the checks say now", () => {
  assertEquals(
    plain(PLAN),
    `Goal    Coupons work
Agent   Made Up 1.2.3, its own default model (/bin/made-up)
May     edit: its own sandbox
Base    your files as they are, on main 0123456789; 40 files, 2 of them changed
Limits  3 tries a criterion, 60 minutes, no token limit (--max-tokens), waits up
        to 1h for the provider's own limits (--wait)
Checks  up to 3 runs (3.7 s) if all passes at the first try

  expired  An expired coupon is refused
       npm test  fails now: expected 200, got 180 (1.2 s)

Made Up will work on 1 of 1 criterion, in folders of ours; your files change
only with "ouroboros apply"
`,
  );
});

Deno.test("the plan counts the preparations that come beside the checks", () => {
  const text = planText({ ...PLAN, prepare: "npm ci" }, { color: false, columns: 200 });
  assertStringIncludes(text, "first try, and up to 4 preparations, whose time comes on top\n");
});

Deno.test("no line is wider than the screen, however long the words of others are", () => {
  const long = "日本 long words ".repeat(40);
  const criterion = PLAN.criteria[0]!;
  const plan: PlanView = {
    ...PLAN,
    goal: long,
    permission: { ...PLAN.permission, confinement: long },
    prepare: long,
    carry: ["node_modules", ".cache/one", ".cache/two"],
    base: { ...PLAN.base!, notices: [long] },
    criteria: [{
      ...criterion,
      description: long,
      dependsOn: ["first"],
      checks: [
        { ...criterion.checks[0]!, title: long },
        { ...criterion.checks[0]!, title: long, kind: "human" },
      ],
      foregone: long,
    }],
  };
  for (const columns of [40, 61, 80, 133]) {
    for (const line of plain(plan, columns).split("\n")) {
      assert(visible(line) <= columns, `${visible(line)} of ${columns}: ${line}`);
    }
  }
});

Deno.test("a hidden check, one that preserves and what no agent will do are marked", () => {
  const check = PLAN.criteria[0]!.checks[0]!;
  const text = plain({
    ...PLAN,
    agents: 0,
    criteria: [{
      ...PLAN.criteria[0]!,
      foregone: "All its checks pass already",
      checks: [{
        ...check,
        hidden: true,
        preserve: true,
        now: { says: "passes", line: "", durationMs: 5 },
      }],
    }],
  });
  assertStringIncludes(text, "npm test [hidden, preserve]  passes now (5 ms)");
  assertStringIncludes(text, "no agent is started: All its checks pass already");
  assertStringIncludes(text, "No agent will be started for 1 criterion");
});

Deno.test("what a check cannot run for is told with whose business that is", () => {
  const cause = "Probably not the work's business: install the command, or prepare it";
  const criterion = PLAN.criteria[0]!;
  const now = {
    says: "cannot run",
    line: 'The command "npm" is not there',
    durationMs: 5,
  } as const;
  const checks = [{ ...criterion.checks[0]!, now: { ...now, cause } }];
  const text = plain({ ...PLAN, criteria: [{ ...criterion, checks }] });
  assertStringIncludes(
    text,
    `       npm test  cannot run: The command "npm" is not there (5 ms)
         Probably not the work's business: install the command, or prepare it
`,
  );
});

Deno.test("what an agent starts for all the same is said so, and what it will cost nothing to know", () => {
  const text = plain({
    ...PLAN,
    criteria: [{ ...PLAN.criteria[0]!, foregone: "No check decides it", checks: [] }],
  });
  assertStringIncludes(text, "an agent starts all the same: No check decides it");
});

Deno.test("what a run would run is in its plan whole, line by line", () => {
  const criterion = PLAN.criteria[0]!;
  const title = "sh test.sh # coupons only\ntouch made; exit 1";
  const long = `sh test.sh ${"--a-long-option ".repeat(40)}--last`;
  const text = plain({
    ...PLAN,
    prepare: `npm ci # ${"all of it ".repeat(30)}\ntouch prepared`,
    criteria: [{
      ...criterion,
      checks: [{ ...criterion.checks[0]!, title }, { ...criterion.checks[0]!, title: long }],
    }],
  });
  assertStringIncludes(
    text,
    `       sh test.sh # coupons only ⏎
         touch made; exit 1
         fails now: expected 200, got 180 (1.2 s)
`,
  );
  assertEquals(text.match(/--a-long-option/g)?.length, 40);
  assertStringIncludes(text, "--last\n         fails now");
  assertEquals(text.match(/all of it/g)?.length, 30);
  assertStringIncludes(text, "⏎\n          touch prepared\n");
});

Deno.test("a tighter permission than asked for and a broken cycle are noted", () => {
  const text = plain({
    ...PLAN,
    permission: { asked: "full", effective: "edit", confinement: "its own sandbox" },
    dropped: ["a → b"],
    notices: ["Seed, goall: is not known"],
  });
  assertStringIncludes(text, "Note  Seed, goall: is not known\n");
  assertStringIncludes(text, 'Note  "full" is not offered by Made Up: "edit" takes its place\n');
  assertStringIncludes(text, "Note  Dependency a → b was dropped: it closes a cycle\n");
});

Deno.test("the base is said as what it is", () => {
  const base = (more: Partial<NonNullable<PlanView["base"]>>) =>
    plain({ ...PLAN, base: { ...PLAN.base!, ...more } });
  assertStringIncludes(base({ ref: "v1.0" }), "Base    v1.0 (0123456789)");
  assertStringIncludes(base({ head: null }), "your files as they are (no commit yet)");
  assertStringIncludes(base({ branch: null }), "on a detached HEAD 0123456789");
});

Deno.test("colour changes no word", () => {
  const painted = planText(PLAN, { color: true, columns: 80 });
  assert(painted.includes("\x1b["));
  // deno-lint-ignore no-control-regex -- the codes of the palette
  assertEquals(painted.replace(/\x1b\[\d+m/g, ""), plain(PLAN));
});

Deno.test("the plan says what each check protects", () => {
  const [criterion] = PLAN.criteria;
  const protects = ["tests/**", "package.json"];
  const checks = [{ ...criterion!.checks[0]!, protects }];
  const text = plain({ ...PLAN, criteria: [{ ...criterion!, checks }] });
  assertStringIncludes(
    text,
    "fails now: expected 200, got 180 (1.2 s)\n         protects tests/**, package.json\n",
  );
});

Deno.test("ceilings say when they are counted, and how many criteria are worked on at once", () => {
  const limits = { ...PLAN.limits, maxTokens: 5000, maxUsd: 2.5, jobs: 3 };
  assertStringIncludes(
    plain({ ...PLAN, limits }, 200),
    "60 minutes, 3 criteria at once, 5000 tokens and $2.50, counted after each call of the agent",
  );
  assertStringIncludes(
    plain({ ...PLAN, limits, counted: "per-attempt" }, 200),
    "counted after each try",
  );
});
