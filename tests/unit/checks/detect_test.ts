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
    ["Node: pnpm test after pnpm install --frozen-lockfile --offline"],
  ],
  [
    "Node with what npm init writes",
    { "package.json": '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}' },
    [],
  ],
  ["Node without tests", { "package.json": "{}" }, []],
  ["a broken package.json", { "package.json": "{" }, []],
  ["Deno with a task", { "deno.json": '{"tasks":{"test":"deno test -A"}}' }, [
    "Deno: deno task test",
  ]],
  ["Deno without one", { "deno.jsonc": "{}" }, ["Deno: deno test"]],
  ["pytest", { "pyproject.toml": "[tool.pytest.ini_options]", "tests/test_a.py": "" }, [
    "Python: python3 -m pytest -q",
  ]],
  ["unittest", { "setup.py": "", "tests/test_a.py": "" }, ["Python: python3 -m unittest discover"]],
  ["Python without tests", { "requirements.txt": "requests" }, []],
  ["Go", { "go.mod": "module x" }, ["Go: go test ./..."]],
  ["Rust and Make", { "Cargo.toml": "", "Makefile": "check: build\n\tcargo test\n" }, [
    "Rust: cargo test",
    "Make: make check",
  ]],
  ["Maven with a wrapper", { "pom.xml": "", "mvnw": "" }, ["Java (Maven): ./mvnw -q -B test"]],
  ["Gradle", { "build.gradle.kts": "" }, ["Java (Gradle): gradle test"]],
  ["Make without a test target", { "Makefile": "test := 1\nall:\n" }, []],
];

for (const [name, files, checks] of CASES) {
  Deno.test(`Likely checks of ${name}`, async () => assertEquals(await detected(files), checks));
}
