import { assertEquals } from "@std/assert";
import { protectedPaths } from "../../../lib/checks/protected_paths.ts";

const CASES: [glob: string, path: string, covered: boolean][] = [
  ["tests", "tests/a/b.sh", true],
  ["tests/", "tests/a", true],
  ["./tests/**", "tests/.hidden/a", true],
  ["tests", "tests2/a", false],
  ["tests/**", "src/tests/a", false],
  ["**/*.test.*", "a.test.js", true],
  ["**/*.test.*", "deep/er/a.test.js", true],
  ["**/*.test.*", "a.js", false],
  ["*.sh", "a.sh", true],
  ["*.sh", "deep/a.sh", false],
  ["{a,b}.js", "b.js", true],
  ["a[b].js", "ab.js", true],
  ["package.json", "package.json", true],
  ["package.json", "sub/package.json", false],
];

for (const [glob, path, covered] of CASES) {
  Deno.test(`"${glob}" ${covered ? "protects" : "leaves alone"} "${path}"`, () => {
    assertEquals(protectedPaths([glob]).covers(path), covered);
  });
}

Deno.test("A link can stand for a folder that a pattern names", () => {
  const paths = protectedPaths(["a/b/**/*.js", "tests"]);
  assertEquals(["a", "a/b", "a/b/c", "tests", "x"].map((link) => paths.mayLieBelow(link)), [
    true,
    true,
    false,
    true,
    false,
  ]);
});
