import { assertEquals } from "@std/assert";
import { fitSeed, type SeedSurroundings } from "../../../../lib/app/interview/fit_seed.ts";
import { detectChecks } from "../../../../lib/checks/detect.ts";
import { loadSeed } from "../../../../lib/engine/seed/load_seed.ts";
import type { CriterionDocument } from "../../../../lib/engine/seed/seed_document.ts";

/** What is known of a project of these files; those with a text can be read. */
async function around(
  files: Record<string, string>,
  carry: readonly string[] = [],
): Promise<SeedSurroundings> {
  const paths = Object.keys(files);
  const tools = await detectChecks({ paths, read: (path) => Promise.resolve(files[path]) });
  return { paths, tools, carry };
}

const NODE = {
  "package.json": '{"scripts": {"test": "node --test"}}',
  "src/a.js": "",
  "test/a.spec.js": "",
  "test/b.spec.js": "",
};
const PYTHON = {
  "pyproject.toml": "[tool.pytest]",
  "lib/a.py": "",
  "tests/test_a.py": "",
  "tests/conftest.py": "",
};

/** What is protected for each check of the criteria. */
function protects(at: SeedSurroundings, ...criteria: CriterionDocument[]): unknown[] {
  const fitted = fitSeed({ goal: "g", acceptance_criteria: criteria }, at);
  const { seed } = loadSeed(new TextEncoder().encode(JSON.stringify(fitted)), { name: "s" });
  return seed.criteria.map((one) =>
    one.checks.map((check) => check.kind === "command" ? check.protect : null)
  );
}

const criterion = (run: string, more: Partial<CriterionDocument> = {}): CriterionDocument => ({
  description: "It works",
  check: { run },
  ...more,
});

Deno.test("the tests that a check starts are protected, by as few globs as say it", async () => {
  const node = await around(NODE);
  assertEquals(protects(node, criterion("npm test")), [[["test/**"]]]);
  assertEquals(protects(node, criterion("node --test ./test/a.spec.js")), [[["test/**"]]]);
  assertEquals(protects(node, criterion("node --test test")), [[["test/**"]]]);
  const python = await around(PYTHON);
  assertEquals(protects(python, criterion("python3 -m pytest -q")), [[["tests/**"]]]);
  assertEquals(protects(python, criterion("python3 -m unittest tests.test_a.A")), [[["tests/**"]]]);
});

Deno.test("nothing is protected that no check starts, or that the seed settles itself", async () => {
  const node = await around(NODE);
  assertEquals(protects(node, criterion("node src/a.js --help")), [[[]]]);
  const own = criterion("npm test", { check: { run: "npm test", protect: "test/a.spec.js" } });
  assertEquals(protects(node, own), [[["test/a.spec.js"]]]);
  const human = criterion("", { check: { human: "Ann" } });
  assertEquals(protects(node, human), [[null]]);
});

Deno.test("where the work brings a test, only those that are there are protected", async () => {
  const node = await around(NODE);
  const there = ["test/a.spec.js", "test/b.spec.js"];
  const told = criterion("npm test", { artifacts: ["test/c.spec.js"] });
  assertEquals(protects(node, told), [[there]]);
  assertEquals(protects(node, criterion("node --test test/c.spec.js test/a.spec.js")), [[there]]);
  const later = criterion("node src/a.js", { artifacts: ["test/b.spec.js"] });
  assertEquals(protects(node, criterion("npm test"), later), [[["test/a.spec.js"]], [[]]]);
  const given = {
    run: "node --test test/c.spec.js test/a.spec.js",
    files: { "test/c.spec.js": "" },
  };
  assertEquals(protects(node, criterion("", { check: given })), [[["test/**"]]]);
});

Deno.test("files are named only where a seed can hold their names", async () => {
  const odd = await around({ ...NODE, "test/[id].spec.js": "", "test/a\\b.spec.js": "" });
  const brings = criterion("npm test", { artifacts: ["test/c.spec.js"] });
  assertEquals(protects(odd, brings), [[["test/a.spec.js", "test/b.spec.js"]]]);
  const many = Array.from({ length: 101 }, (_, n) => `packages/${n}/node_modules`);
  const fitted = fitSeed({ goal: "g", acceptance_criteria: [] }, await around(NODE, many));
  assertEquals(fitted.workspace, undefined);
});

Deno.test("a script that tests is protected, one that works is not", async () => {
  const shell = await around({ "greet.sh": "", "test.sh": "", "checks/links.sh": "" });
  assertEquals(protects(shell, criterion("sh greet.sh | sh test.sh")), [[["test.sh"]]]);
  assertEquals(protects(shell, criterion("sh checks/links.sh A.md")), [[["checks/links.sh"]]]);
  const brought = criterion("sh test.sh", { artifacts: ["test.sh"] });
  assertEquals(protects(shell, brought), [[[]]]);
});

Deno.test("each of several checks is fitted, also one in a single line, and goes on being what it is", async () => {
  const node = await around(NODE);
  const check = [
    { run: "npm test", preserve: true },
    { run: "node src/a.js", hidden: true },
    "node -p 1",
  ];
  const fitted = fitSeed(
    { goal: "g", acceptance_criteria: [{ description: "x", check }, "y"] },
    node,
  );
  assertEquals(fitted.acceptance_criteria, [{
    description: "x",
    check: [
      { run: "npm test", preserve: true, protect: ["test/**"] },
      { run: "node src/a.js", hidden: true },
      "node -p 1",
    ],
  }, "y"]);
});

Deno.test("what git does not hold is carried where it is there, else prepared; the seed's own word stands", async () => {
  const locked = { ...NODE, "package-lock.json": "{}" };
  const workspace = (at: SeedSurroundings, own = {}) =>
    fitSeed({ goal: "g", acceptance_criteria: [criterion("npm test")], ...own }, at).workspace;
  assertEquals(workspace(await around(locked, ["node_modules"])), { carry: ["node_modules"] });
  assertEquals(workspace(await around(locked)), {
    prepare: {
      run: "npm ci --prefer-offline --no-audit --no-fund",
      when: ["package.json", "package-lock.json"],
    },
  });
  assertEquals(workspace(await around(NODE)), undefined);
  const other = { acceptance_criteria: [criterion("cat README.md")] };
  assertEquals(workspace(await around(locked), other), undefined, "no check needs it");
  const own = { workspace: { carry: [] } };
  assertEquals(workspace(await around(locked, ["node_modules"]), own), { carry: [] });
});
