import { assertEquals, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { binaryOf } from "../../../lib/workspace/bytes.ts";
import { isUtf8Name, isWithin, projectPaths } from "../../../lib/workspace/project_paths.ts";

Deno.test("stored paths become the project's and come back", () => {
  const cases: [prefix: string, stored: string, own: string][] = [
    ["", "a/b.txt", "a/b.txt"],
    ["", "é/\n", "é/\n"],
    ["packages/api/", "packages/api/a", "a"],
    ["packages/api/", "packages/web/w", "../web/w"],
    ["packages/api/", "packages/apix", "../apix"],
    ["packages/api/", "root.txt", "../../root.txt"],
    ["é/", "é/ü", "ü"],
  ];
  for (const [prefix, stored, own] of cases) {
    const paths = projectPaths(prefix);
    assertEquals(paths.out(binaryOf(stored)), own);
    assertEquals(paths.in(own), stored);
  }
});

Deno.test("a path that leaves the repository is refused", () => {
  for (
    const [prefix, path] of [["", ".."], ["", "/etc"], ["a/", "../../x"], ["", "b/../../x"], [
      "",
      "",
    ]]
  ) {
    assertThrows(() => projectPaths(prefix ?? "").in(path ?? ""), OuroborosError, "leaves");
  }
  assertEquals(projectPaths("a/").in("./b//c/../d/"), "a/b/d");
});

Deno.test("names that file calls cannot take are known, and a folder is not its namesake", () => {
  assertEquals([isUtf8Name(binaryOf("é")), isUtf8Name("\xe9")], [true, false]);
  assertEquals([isWithin("a/b", "a"), isWithin("a", "a"), isWithin("ab", "a")], [
    true,
    true,
    false,
  ]);
});
