import { assertEquals } from "@std/assert";
import { overlaps, relateCriteria } from "../../../../lib/engine/seed/relate_criteria.ts";
import type { Criterion } from "../../../../lib/engine/seed/seed.ts";

function related(...criteria: Partial<Criterion>[]): string[] {
  const remarks = { problems: [], warnings: [] };
  relateCriteria(
    criteria.map((one, index) => ({
      index,
      criterion: {
        id: String(index + 1),
        description: "x",
        dependsOn: [],
        checks: [],
        artifacts: [],
        ...one,
      },
    })),
    remarks,
  );
  const lines = (kind: string, all: { path: string; message: string }[]) =>
    all.map((one) => `${kind} ${one.path}: ${one.message}`);
  return [...lines("problem", remarks.problems), ...lines("warning", remarks.warnings)];
}

const protecting = (...protect: string[]): Pick<Criterion, "checks"> => ({
  checks: [{
    kind: "command",
    run: "x",
    timeoutMs: 1,
    protect,
    files: {},
    hidden: false,
    preserve: false,
  }],
});

Deno.test("ids must differ, by more than case", () => {
  assertEquals(related({ id: "2" }, {}), [
    'problem acceptance_criteria[1].id: must differ from that of acceptance_criteria[0], both are "2"',
  ]);
  assertEquals(related({ id: "Login" }, { id: "login" }), [
    'problem acceptance_criteria[1].id: must differ from "Login" by more than case',
  ]);
});

Deno.test("dependencies must name another criterion", () => {
  assertEquals(related({ id: "login", dependsOn: ["login"] }, { dependsOn: ["logn", "x9"] }), [
    'problem acceptance_criteria[0].depends_on: must not hold the criterion\'s own id "login"',
    'problem acceptance_criteria[1].depends_on: must name a criterion, "logn" is none; did you mean "login"?',
    'problem acceptance_criteria[1].depends_on: must name a criterion, "x9" is none',
  ]);
});

Deno.test("protecting what another criterion makes is refused, one's own is remarked", () => {
  assertEquals(related(protecting("tests/**"), { artifacts: ["tests/new_test.js"] }), [
    'problem acceptance_criteria[0].check: must not protect "tests/**": criterion "2" makes "tests/new_test.js"',
  ]);
  assertEquals(related({ ...protecting("tests/**"), artifacts: ["tests/a.js"] }), [
    'warning acceptance_criteria[0].check: protects "tests/**": its own artifact "tests/a.js" is put back before the check',
  ]);
  assertEquals(related(protecting("tests/**"), { artifacts: ["src/a.js", "testsuite"] }), []);
});

Deno.test("overlap is judged by files, folders and globs", () => {
  for (
    const [glob, artifact] of [
      ["tests/**", "tests"],
      ["tests/**", "tests/deep/a.js"],
      ["tests/unit/*.js", "tests"],
      ["tests", "tests/a.js"],
      ["tests/a.js", "tests"],
      ["**/*_test.js", "lib/a_test.js"],
      ["**/*_test.js", "a_test.js"],
      ["tests/{a,b}.js", "tests/b.js"],
      ["x", "."],
    ] as const
  ) assertEquals(overlaps(glob, artifact), true, `${glob} ${artifact}`);
  for (
    const [glob, artifact] of [
      ["tests/**", "src/a.js"],
      ["tests/*.js", "tests/deep/a.js"],
      ["tests/a.js", "tests/a.js.map"],
      ["*.md", "docs/a.md"],
      ["**/*_test.js", "lib/a.js"],
    ] as const
  ) assertEquals(overlaps(glob, artifact), false, `${glob} ${artifact}`);
});

Deno.test("globs and artifacts are bounded in all, because each is held against each", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);
  const refused = "must have at most 1,000 protected globs and 2,000 artifacts in all";
  assertEquals(related(protecting(...many(1001)), {}), [`problem acceptance_criteria: ${refused}`]);
  assertEquals(related({ artifacts: many(2001) }), [`problem acceptance_criteria: ${refused}`]);
  assertEquals(related(protecting(...many(1000)), { artifacts: ["x"] }), []);
});
