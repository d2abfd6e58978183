import { assertEquals } from "@std/assert";
import { detectChecks } from "../../../lib/checks/detect.ts";

async function detected(files: Record<string, string>) {
  const found = await detectChecks({
    paths: Object.keys(files),
    read: (path) => Promise.resolve(files[path]),
  });
  return found.map((one) =>
    `${one.kind}: ${one.check}${one.prepare ? ` after ${one.prepare.run}` : ""}`
  );
}

const CASES: [string, Record<string, string>, string[]][] = [
  ["an empty project", {}, []],
  ["a project of no kind", { "a.txt": "" }, []],
  ["Node without a lock", { "package.json": '{"scripts":{"test":"node --test"}}' }, [
    "Node: npm test",
  ]],
  [
    "Node with a lock",
    { "package.json": '{"scripts":{"test":"jest"}}', "package-lock.json": "" },
    ["Node: npm test after npm ci --prefer-offline --no-audit --no-fund"],
  ],
  [
    "pnpm",
    { "package.json": '{"scripts":{"test":"vitest"}}', "pnpm-lock.yaml": "" },
    ["Node: pnpm test after pnpm install --frozen-lockfile --prefer-offline"],
  ],
  [
    "Node with what npm init writes",
    { "package.json": '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}' },
    [],
  ],
  ["Node without tests", { "package.json": "{}" }, []],
  ["a broken package.json", { "package.json": "{" }, []],
  ["Node whose tests watch", { "package.json": '{"scripts":{"test":"jest --watch"}}' }, []],
  [
    "Node whose tests do not watch",
    { "package.json": '{"scripts":{"test":"ng test --watch=false"}}' },
    ["Node: npm test"],
  ],
  [
    "yarn, classic",
    { "package.json": '{"scripts":{"test":"jest"}}', "yarn.lock": "" },
    ["Node: yarn test after yarn install --frozen-lockfile --prefer-offline"],
  ],
  [
    "yarn, modern",
    { "package.json": '{"scripts":{"test":"jest"}}', "yarn.lock": "", ".yarnrc.yml": "" },
    ["Node: yarn test after yarn install --immutable"],
  ],
  [
    "bun",
    { "package.json": '{"scripts":{"test":"bun test"}}', "bun.lockb": "" },
    ["Node: bun run test after bun install --frozen-lockfile"],
  ],
  ["Deno with a task", { "deno.json": '{"tasks":{"test":"deno test -A"}}' }, [
    "Deno: deno task test",
  ]],
  ["Deno without one", { "deno.jsonc": "{}", "lib/a_test.ts": "" }, ["Deno: deno test"]],
  ["Deno without tests", { "deno.jsonc": "{}" }, []],
  ["pytest", { "pyproject.toml": "[tool.pytest.ini_options]", "tests/test_a.py": "" }, [
    "Python: python3 -m pytest -q",
  ]],
  [
    "pytest by uv",
    { "pyproject.toml": "pytest", "uv.lock": "", "tests/test_a.py": "" },
    ["Python: uv run --frozen python -m pytest -q after uv sync --frozen"],
  ],
  [
    "unittest in a package",
    { "setup.py": "", "tests/__init__.py": "", "tests/test_a.py": "" },
    ["Python: python3 -m unittest discover"],
  ],
  ["unittest in a folder", { "setup.py": "", "tests/test_a.py": "" }, [
    "Python: python3 -m unittest discover -s tests",
  ]],
  ["Django", { "manage.py": "", "shop/tests.py": "" }, ["Python: python3 manage.py test"]],
  ["Python without tests", { "requirements.txt": "requests\npytest" }, []],
  ["Go", { "go.mod": "module x", "a/b_test.go": "" }, ["Go: go test ./..."]],
  ["Go without tests", { "go.mod": "module x", "a.go": "" }, []],
  ["Rust and Make", { "Cargo.toml": "", "Makefile": "check: build\n\tcargo test\n" }, [
    "Rust: cargo test",
    "Make: make check",
  ]],
  ["a Rust workspace", { "Cargo.toml": "[workspace]\n" }, ["Rust: cargo test --workspace"]],
  ["Maven with a wrapper", { "pom.xml": "", "mvnw": "", "core/src/test/java/A.java": "" }, [
    "Java (Maven): ./mvnw -q -B test",
  ]],
  ["Maven without tests", { "pom.xml": "" }, []],
  [
    "Gradle with projects below",
    { "settings.gradle.kts": "", "app/src/test/kotlin/A.kt": "" },
    ["Java (Gradle): gradle --no-daemon -q test"],
  ],
  ["Make with several targets in a line", { "Makefile": "all test: a\n" }, ["Make: make test"]],
  ["Make without a test target", { "Makefile": "test := 1\nall:\n\tmake test: x\n" }, []],
];

for (const [name, files, checks] of CASES) {
  Deno.test(`Likely checks of ${name}`, async () => assertEquals(await detected(files), checks));
}

Deno.test("A workspace of packages carries each folder of installed modules", async () => {
  const [found] = await detectChecks({
    paths: ["package.json", "node_modules", "packages/a/node_modules", "packages/a/package.json"],
    read: () => Promise.resolve('{"scripts":{"test":"jest"}}'),
  });
  assertEquals(found?.carry, ["node_modules", "packages/a/node_modules"]);
});

Deno.test("a Makefile that is one endless line is looked through at once", async () => {
  const text = `${"check ".repeat(100_000)}\n`;
  const found = await detectChecks({
    paths: ["Makefile"],
    read: (path) => Promise.resolve(path === "Makefile" ? text : undefined),
  });
  assertEquals(found, []);
});
