import { assertEquals, assertStringIncludes } from "@std/assert";
import { plainPath, portablePathProblem } from "../../../../lib/engine/seed/portable_path.ts";

Deno.test("paths that mean the same everywhere are accepted", () => {
  for (const path of ["src", "src/", "./a/b.txt", ".env", "a b/ü.md", ".github/x", "."]) {
    assertEquals(portablePathProblem(path), null, path);
  }
  const slow = portablePathProblem("*(a*)b", { glob: true });
  assertEquals(slow, 'must not repeat a group, as in "*(a)"');
  for (const glob of ["tests/**", "**/*_test.{js,ts}", "a/[bc]?.x"]) {
    assertEquals(portablePathProblem(glob, { glob: true }), null, glob);
  }
});

Deno.test("each way out of the project, and each name that some system refuses, is told", () => {
  const refused: Record<string, string> = {
    " ": "empty",
    "/etc/passwd": "relative",
    "C:/x": "relative",
    "~/x": "not expanded",
    "a\\b": "between folders",
    "../x": "inside",
    "a/../../x": "inside",
    "a//b": '"//"',
    "a\nb": "control",
    "a*b": '"*"',
    ".git/hooks/pre-commit": ".git",
    "sub/.GIT/config": ".git",
    "a./b": "ends in",
    "docs/con": "device",
    ["é".repeat(128)]: "255 bytes",
  };
  for (const [path, word] of Object.entries(refused)) {
    assertStringIncludes(portablePathProblem(path) ?? "accepted", word, path);
  }
});

Deno.test("a path has one spelling", () => {
  assertEquals(plainPath("./a/./b/"), "a/b");
  assertEquals(plainPath("./"), ".");
});
