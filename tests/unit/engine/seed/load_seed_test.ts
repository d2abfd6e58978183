import {
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertObjectMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { parse, stringify } from "@std/yaml";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { loadSeed, seedProblems } from "../../../../lib/engine/seed/load_seed.ts";

const load = (text: string) => loadSeed(new TextEncoder().encode(text), { name: "s.yaml" });
const problems = (text: string) =>
  seedProblems(assertThrows(() => load(text), OuroborosError))
    .map((one) => `${one.path}: ${one.message}`);
const fixture = (name: string) =>
  loadSeed(
    Deno.readFileSync(new URL(`../../../fixtures/seeds/${name}`, import.meta.url)),
    { name },
  );

Deno.test("the smallest seed gets every default", () => {
  const { seed, warnings } = load(
    "goal: Greet\nacceptance_criteria:\n- {description: a, check: make test}\n",
  );
  assertEquals(warnings, []);
  assertEquals(seed.criteria, [{
    id: "1",
    description: "a",
    dependsOn: [],
    checks: [{
      kind: "command",
      run: "make test",
      timeoutMs: 600_000,
      protect: [],
      files: {},
      hidden: false,
      preserve: false,
    }],
    artifacts: [],
  }]);
  assertEquals(seed.workspace, { dir: ".", carry: [] });
  assertEquals(seed.taskType, "code");
  assertEquals(seed.id, `seed_${seed.digest.slice(0, 12)}`);
});

Deno.test("an empty list of what is carried says something, no list does not", () => {
  const written = (carry: string) =>
    load(`goal: x\nacceptance_criteria: [a]\nworkspace: { ${carry} }\n`).seed.workspace;
  assertEquals(written("carry: []"), { dir: ".", carry: [], carryNone: true });
  assertEquals(written("dir: ."), { dir: ".", carry: [] });
});

Deno.test("a seed with everything is resolved", () => {
  const { seed, warnings } = load(`
schema: 1
goal: Reject expired coupons
constraints: Keep the public API
workspace:
  dir: ./shop/
  base: main
  carry: node_modules/
  prepare: {run: npm ci, when: package-lock.json, timeout: 5m}
acceptance_criteria:
- id: refuse
  description: Expired coupons are refused
  artifacts: [src/coupon.js]
  check:
  - npm test
  - {run: node hidden.js, hidden: true, timeout: 90s, files: {./hidden.js: "process.exit(0)"}}
  - {run: npm run lint, preserve: true, protect: "tests/**", expect: {exit: 1, contains: a, excludes: [b], matches: "^c$", stdout: d}}
- {id: told, description: The user is told, depends_on: refuse, check: [{human: Ada}]}
`);
  assertEquals(warnings, []);
  assertEquals(seed.workspace, {
    dir: "shop",
    base: "main",
    carry: ["node_modules"],
    prepare: { run: "npm ci", when: ["package-lock.json"], timeoutMs: 300_000 },
  });
  assertEquals(seed.constraints, ["Keep the public API"]);
  const [refuse, told] = seed.criteria;
  assertEquals(refuse?.checks[1], {
    kind: "command",
    run: "node hidden.js",
    timeoutMs: 90_000,
    protect: [],
    files: { "hidden.js": "process.exit(0)" },
    hidden: true,
    preserve: false,
  });
  assertEquals(refuse?.checks[2], {
    kind: "command",
    run: "npm run lint",
    timeoutMs: 600_000,
    protect: ["tests/**"],
    files: {},
    expect: { exit: 1, contains: ["a"], excludes: ["b"], matches: "^c$", stdout: "d" },
    hidden: false,
    preserve: true,
  });
  assertEquals(told?.dependsOn, ["refuse"]);
  assertEquals(told?.checks, [{ kind: "human", human: "Ada" }]);
});

Deno.test("every spelling of a dependency, a description and a check is understood", () => {
  for (
    const key of ["depends_on", "dependencies", "blocked_by", "after", "requires", "prerequisites"]
  ) {
    for (const value of ["1", "[1]", '["1", 1]']) {
      const { seed } = load(
        `goal: x\nacceptance_criteria: [a, {description: b, ${key}: ${value}}]\n`,
      );
      assertEquals(seed.criteria[1]?.dependsOn, ["1"], `${key}: ${value}`);
    }
  }
  for (const key of ["description", "criterion", "content"]) {
    assertEquals(
      load(`goal: x\nacceptance_criteria: [{${key}: b}]\n`).seed.criteria[0]?.description,
      "b",
    );
  }
  for (const key of ["check", "checks", "verify", "verify_command"]) {
    const check = load(`goal: x\nacceptance_criteria: [{description: b, ${key}: make}]\n`)
      .seed.criteria[0]?.checks[0];
    assertEquals(check?.kind === "command" ? check.run : null, "make", key);
  }
});

Deno.test("seeds of the original system load", () => {
  const greenfield = fixture("original_greenfield.yaml").seed;
  assertEquals(greenfield.id, "seed_4f2a9c01be77");
  assertEquals(greenfield.criteria.map((one) => one.id), ["1", "2", "3"]);
  assertEquals(greenfield.ontology?.fields[1], {
    name: "current_page",
    type: "number",
    description: "Last page read",
    required: false,
  });
  assertEquals(greenfield.metadata.parent_seed_id, null);

  const brownfield = fixture("original_brownfield.json");
  assertEquals(brownfield.seed.context[0]?.role, "primary");
  assertEquals(brownfield.seed.ontology?.fields[0]?.type, "string");
  assertEquals(brownfield.seed.ontology?.fields[0]?.required, true);
  assertEquals(brownfield.seed.exitConditions?.[0]?.criteria, "npm test exits 0");

  const later = fixture("original_later.yaml");
  const [first, second, third] = later.seed.criteria;
  assertEquals(first?.artifacts, ["src/errors.py", "tests/test_errors.py"]);
  assertEquals(first?.checks[0]?.kind === "command" && first.checks[0].expect, {
    contains: ["OK"],
  });
  assertEquals(second?.exemption, "Prose is judged by a person");
  assertEquals(third?.description, "Old callers that read only the message still work");
  assertEquals(later.seed.principles[0]?.name, "Errors help the reader to find the place");
  // The third has no check and no reason for it; nothing else is remarked.
  assertEquals(later.warnings.map((one) => one.path), ["acceptance_criteria[2]"]);
});

Deno.test("the digest means the document, not its layout", () => {
  const digest = (text: string) => load(text).seed.digest;
  const yaml = "goal: x\nunknown: {b: 1, a: [true]}\nacceptance_criteria:\n- one\n";
  const same = [
    "# comment\nacceptance_criteria: [one]\nunknown:\n  a: [true]\n  b: 1\ngoal: 'x'\n",
    "\ufeff" + yaml.replaceAll("\n", "\r\n"),
    JSON.stringify(parse(yaml)),
    stringify(parse(yaml)),
  ];
  for (const text of same) assertEquals(digest(text), digest(yaml));
  for (
    const other of [yaml.replace("b: 1", "b: 2"), yaml.replace("one", "two"), yaml + "more: 1\n"]
  ) {
    assertNotEquals(digest(other), digest(yaml));
  }
  // Written down once, so that a change of the canonical form cannot go unseen.
  assertEquals(
    digest("goal: x\n"),
    "60c37cf2514d6dec6df9ce4c2e507a2043ec6c67fa606e2f0656a36e28b830b2",
  );
});

Deno.test("all problems are told at once, each with its exact path", () => {
  assertEquals(
    problems(`
golas: x
schema: 2
constraints: [a, {b: c}]
acceptance_criteria:
- Rejects: all of them
- 5
- description: d
  check: {run: 3, timeout: 5x, protect: [../a], files: {a/../b: x}, expect: {exit: 300, matches: "("}}
- {description: e, check: [{run: a, hidden: true}]}
- {description: f, verify: [{timeout: 5}, {human: me, run: x}]}
- {description: g, check: x, verify_command: y, id: "no spaces"}
workspace: {dir: /x, prepare: {when: a}}
metadata: {seed_id: ../../x}
`).toSorted(),
    [
      'acceptance_criteria[0]: must be text or have a "description"; text that holds ": " must stand in quotes',
      "acceptance_criteria[1]: must be text or a mapping, is a number; put it in quotes",
      "acceptance_criteria[2].check.expect.exit: must be at most 255",
      "acceptance_criteria[2].check.expect.matches: must be a regular expression (ECMAScript)",
      'acceptance_criteria[2].check.files["a/../b"]: as a key must stay inside the project: ".." is not allowed',
      'acceptance_criteria[2].check.protect[0]: must stay inside the project: ".." is not allowed',
      "acceptance_criteria[2].check.run: must be text, is a number; put it in quotes",
      'acceptance_criteria[2].check.timeout: must be a duration like "90s", "5m" or 120 (seconds)',
      "acceptance_criteria[3].check: must have a check that is not hidden beside each hidden one",
      'acceptance_criteria[4].verify[0]: must have "run" or "human"',
      'acceptance_criteria[4].verify[1].run: must not stand beside "human": a person decides alone',
      "acceptance_criteria[5].id: must be letters, digits, dots, dashes and underscores, at most 64",
      "constraints[1]: must be text, is a mapping; put it in quotes",
      "goal: is missing",
      "metadata.seed_id: must be letters, digits, dots, dashes and underscores, at most 128",
      "schema: must be 1",
      'workspace.dir: must be relative to the project, is "/x"',
      "workspace.prepare.run: is missing",
    ],
  );
});

Deno.test("a slip in a key that matters is offered as the way out", () => {
  const error = assertThrows(() => load("gaol: x\n"), OuroborosError);
  assertEquals(error.code, "seed_invalid");
  assertMatch(error.message, /goal: is missing/);
  assertStringIncludes(error.hint ?? "", 'did you mean "goal"?');
});

Deno.test("limits hold at the border", () => {
  const criteria = (count: number) => `goal: x\nacceptance_criteria:\n${"- a\n".repeat(count)}`;
  assertEquals(load(criteria(200)).seed.criteria.length, 200);
  assertEquals(problems(criteria(201)), ["acceptance_criteria: must have at most 200 entries"]);
  const checks = (count: number) =>
    `goal: x\nacceptance_criteria:\n- {description: a, check: [${
      Array(count).fill("x").join(",")
    }]}\n`;
  assertEquals(load(checks(20)).seed.criteria[0]?.checks.length, 20);
  assertEquals(problems(checks(21)), [
    "acceptance_criteria[0].check: must have at most 20 entries",
  ]);
  const timeout = (value: string) =>
    `goal: x\nacceptance_criteria: [{description: a, check: {run: x, timeout: ${value}}}]\n`;
  assertEquals(load(timeout("24h")).warnings, []);
  for (const value of ["25h", "0s"]) {
    assertEquals(problems(timeout(value)), [
      "acceptance_criteria[0].check.timeout: must be more than 0 and at most 24h",
    ]);
  }
});

Deno.test("empty values count as left out, and an empty seed is remarked", () => {
  const { seed, warnings } = load("goal: x\nconstraints:\nacceptance_criteria:\nworkspace:\n");
  assertEquals(seed.criteria, []);
  assertEquals(warnings, [{
    path: "acceptance_criteria",
    message: "is empty: there is nothing to do",
  }]);
});

Deno.test("a report and a wall are taken in their short and their long form", () => {
  const checkOf = (text: string): Record<string, unknown> => ({
    ...load(`goal: x\nacceptance_criteria: [{description: a, check: {run: x, ${text}}}]\n`)
      .seed.criteria[0]!.checks[0]!,
  });
  assertObjectMatch(checkOf("report: ./out/junit.xml, network: none"), {
    report: { path: "out/junit.xml", tests: [] },
    network: "none",
  });
  assertObjectMatch(checkOf("report: {path: '**/TEST-*.xml', tests: adds}, network: any"), {
    report: { path: "**/TEST-*.xml", tests: ["adds"] },
  });
  assertEquals("network" in checkOf("network: any"), false);
});

Deno.test("checks that only preserve are remarked", () => {
  const { warnings } = load(
    "goal: x\nacceptance_criteria: [{description: a, check: {run: x, preserve: true}}]\n",
  );
  assertMatch(warnings[0]?.message ?? "", /only preserves/);
});

/** Numbers that repeat from run to run, so that a failure can be looked at. */
function repeatable(seed: number): (below: number) => number {
  return (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
}

Deno.test("a damaged seed loads or is refused, and never fails in any other way", () => {
  const names = ["bug-fix", "document", "python-library", "tiny-cli"];
  const files = names.map((name) =>
    Deno.readFileSync(new URL(`../../../../docs/examples/${name}/seed.yaml`, import.meta.url))
  );
  const scraps = [
    "- ",
    ": ",
    "[",
    "{",
    "*a",
    "&a ",
    "<<: ",
    "\t",
    "null",
    "'",
    '"',
    "|\n",
    "\0",
    "é",
    "9",
    "\n",
  ]
    .map((text) => new TextEncoder().encode(text));
  const random = repeatable(42);
  const refused: Record<string, number> = {};
  let loaded = 0;
  for (let round = 0; round < 600; round++) {
    let bytes = [...files[random(files.length)]!];
    for (let hits = 1 + random(4); hits > 0; hits--) {
      const at = random(bytes.length);
      const scrap = scraps[random(scraps.length)]!;
      bytes = random(2) === 0
        ? [...bytes.slice(0, at), ...scrap, ...bytes.slice(at)]
        : [...bytes.slice(0, at), ...bytes.slice(at + 1 + random(40))];
    }
    try {
      const { seed } = loadSeed(new Uint8Array(bytes), { name: "s.yaml" });
      assertEquals(/^[0-9a-f]{64}$/.test(seed.digest), true);
      loaded++;
    } catch (error) {
      if (!(error instanceof OuroborosError)) throw error;
      refused[error.code] = (refused[error.code] ?? 0) + 1;
    }
  }
  // Both happen, or this test looks at nothing.
  assertEquals(loaded > 50, true, `${loaded} loaded`);
  assertEquals(Object.keys(refused), ["seed_invalid"]);
  assertEquals((refused.seed_invalid ?? 0) > 50, true);
});

Deno.test("a command with a NUL, which no system takes, is refused", () => {
  assertEquals(problems('goal: g\nacceptance_criteria: [{description: a, check: "a\\0b"}]\n'), [
    "acceptance_criteria[0].check: must not hold a NUL character",
  ]);
});
