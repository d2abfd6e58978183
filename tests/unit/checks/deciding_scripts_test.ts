import { assertEquals } from "@std/assert";
import { decidingScripts } from "../../../lib/checks/deciding_scripts.ts";

/** First path of each script that decides a command. */
function scriptsOf(run: string, expect?: { stdout: string }, dir = "."): string[] {
  return decidingScripts({ run, ...(expect ? { expect } : {}) }, dir).map((paths) => paths[0]!);
}

Deno.test("a script whose exit code decides is named, whatever runs it", () => {
  const rows: [string, string[]][] = [
    ["sh tests/new.sh", ["tests/new.sh"]],
    ["./tests/new.sh -v", ["tests/new.sh"]],
    ["LC_ALL=C bash -e 'check.sh'", ["check.sh"]],
    ["node --test test/new.test.js", ["test/new.test.js"]],
    ["deno test -A tests/new_test.ts", ["tests/new_test.ts"]],
    ["pytest tests/test_new.py::test_it", ["tests/test_new.py"]],
    ["npx vitest run src/cart.spec.ts", ["src/cart.spec.ts"]],
    ["test -f greet.sh && sh tests/new.sh", ["tests/new.sh"]],
    ["printf x | sh tests/new.sh", ["tests/new.sh"]],
    ["sh tests/new.sh; echo done", ["tests/new.sh"]],
    ["cd web && node check.js", ["web/check.js"]],
    ["python3 greet.py", ["greet.py"]],
  ];
  for (const [run, scripts] of rows) assertEquals(scriptsOf(run), scripts, run);
  assertEquals(scriptsOf("sh new.sh", undefined, "web"), ["web/new.sh"]);
});

Deno.test("a module is looked for at each path that it may mean", () => {
  const [paths = []] = decidingScripts({ run: "python3 -m unittest tests.test_new.NewCase" }, ".");
  assertEquals(paths.includes("tests/test_new.py"), true);
});

Deno.test("a test's own word decides even where what it prints is compared", () => {
  assertEquals(scriptsOf("sh tests/new.sh", { stdout: "ok" }), ["tests/new.sh"]);
});

Deno.test("what is looked at from outside of the work is decided by no script", () => {
  for (
    const run of [
      "test -f greet.sh",
      "sh greet.sh Ada | grep -qx 'Hello, Ada'",
      '[ "$(sh greet.sh Ada)" = "Hello, Ada" ]',
      "sh tally.sh --help | grep '^Usage:' && { sh tally.sh --nonsense 2>m; test $? -eq 2; }",
      "grep -q expired docs/test.md",
      "npm test",
      "make check",
      "go test ./...",
      "cargo test --all",
      "python3 -c 'import greet; assert greet.name(1)'",
      "node -e 'require(\"./tests/x.js\")'",
      "npx jest",
      "curl http://localhost/test.html",
    ]
  ) assertEquals(scriptsOf(run), [], run);
  assertEquals(scriptsOf("sh greet.sh Ada", { stdout: "Hello, Ada" }), []);
});
