import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { CheckedCriterion, CheckReport } from "../../../../lib/app/check/check_seed_report.ts";
import { palette } from "../../../../lib/cli/render/color.ts";
import {
  annotations,
  checkedLines,
  checkEnd,
  checkJunit,
  checkSummary,
} from "../../../../lib/cli/render/receipt_check.ts";

const PLAIN = palette(false);

function criterion(change: Partial<CheckedCriterion> = {}, output = "one\n"): CheckedCriterion {
  const verdict = change.state === "passed" ? "pass" : "fail";
  const head = { verdict, exit: 1, testsRan: null, durationMs: 1500, line: "one", output } as const;
  return {
    id: "1",
    description: "It works",
    state: "failed",
    reason: "The check says no: one",
    checks: [{ kind: "command", hidden: false, title: "make", base: null, head, control: null }],
    ...change,
  };
}

function report(change: Partial<CheckReport> = {}): CheckReport {
  return {
    result: "failed",
    reason: "1 of 1 criterion failed",
    seed: { name: "seed.yaml", id: "s", digest: "d", goal: "Goal", from: "head" },
    head: { ref: null, tree: "t" },
    base: null,
    changes: [],
    changesAllowed: false,
    criteria: [criterion()],
    notices: [],
    exit: 5,
    ...change,
  };
}

Deno.test("what a check prints can give no command to the server that shows it", () => {
  const evil = "::error file=x::fake\n::add-path::/evil\n\u001b]0;title\u0007done\n";
  const lines = checkedLines(criterion({}, evil), PLAIN).split("\n");
  assertEquals(lines.filter((line) => line.trim().startsWith("::")), []);
  assertEquals(lines.includes("  | done"), true);
  const remarks = annotations(
    report({ criteria: [criterion({ reason: "a\n::error::b%0A", description: "x,y:z" })] }),
    "",
  );
  assertEquals(
    remarks,
    "::error file=seed.yaml,line=1,title=Criterion 1%3A x%2Cy%3Az::a%0A::error::b%250A\n",
  );
});

Deno.test("a remark stands at the criterion's line; undecided is a warning, passed none", () => {
  const source = "goal: Goal\nacceptance_criteria:\n  - description: It works\n";
  const undecided = report({ criteria: [criterion({ state: "unverified", reason: "why" })] });
  assertStringIncludes(annotations(undecided, source), "::warning file=seed.yaml,line=3,");
  assertEquals(annotations(report({ criteria: [criterion({ state: "passed" })] }), source), "");
});

Deno.test("a change that is not allowed is in every form of the report, an allowed one in none as failed", () => {
  const changes = [{ path: "seed.yaml", kind: "modified", what: "seed" }] as const;
  const refused = report({ changes: [...changes], criteria: [criterion({ state: "passed" })] });
  assertStringIncludes(checkEnd(refused, PLAIN), 'The seed "seed.yaml" differs from the base');
  assertStringIncludes(annotations(refused, ""), "::error file=seed.yaml,line=1,title=Changed");
  assertStringIncludes(checkJunit(refused), 'failures="1"');
  assertStringIncludes(checkSummary(refused), "**not allowed**");
  const allowed = { ...refused, changesAllowed: true };
  assertEquals(annotations(allowed, ""), "");
  const paths = { seed: "sub/seed.yaml", protected: (path: string) => `sub/${path}` };
  assertStringIncludes(annotations(refused, "", paths), "::error file=sub/seed.yaml,line=1,");
  assertStringIncludes(checkJunit(allowed), 'failures="0"');
});

Deno.test("a criterion that no check fails and that is undecided is an error of the report", () => {
  const open = criterion({ state: "passed" });
  const text = checkJunit(report({ criteria: [{ ...open, state: "unverified", reason: "why" }] }));
  assertStringIncludes(text, 'errors="1"');
  assertStringIncludes(text, '<error message="why">');
});

Deno.test("a hidden check has no name and no output in any form", () => {
  const hidden = criterion({
    reason: "The check says no (hidden check)",
    checks: [{ ...criterion({}, "").checks[0]!, hidden: true, title: null }],
  });
  const whole = report({ criteria: [hidden] });
  for (const text of [checkJunit(whole), checkSummary(whole), checkedLines(hidden, PLAIN)]) {
    assert(!text.includes("make"), text);
  }
  assertStringIncludes(checkSummary(whole), "hidden check 1");
});

Deno.test("markup of others takes no effect in the summary", () => {
  const text = checkSummary(report({ criteria: [criterion({ description: "a|b <img> `x`" })] }));
  assertStringIncludes(text, "a\\|b \\<img\\> \\`x\\`");
});
