import { assert, assertEquals } from "@std/assert";
import { globToRegExp } from "@std/path";
import { globProblem, pathGlob } from "../../../lib/kernel/path_glob.ts";

/** Repeatable randomness. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

Deno.test("a glob means what the standard library says that it means", () => {
  const random = numbers(7);
  const pieces = ["a", "b", "*", "[ab]", "{a,b}", "{a,*b}", ".", "{a,{b,c}}", "**"];
  // Neither "?" nor "[!a]": in theirs these also stand for a "/".
  const letters = ["a", "b", "c", ".", "ab", "a.b"];
  const some = (of: readonly string[], most: number) =>
    Array.from({ length: 1 + random(most) }, () => of[random(of.length)]!);
  let yes = 0;
  for (let round = 0; round < 20_000; round++) {
    const parts = Array.from(
      { length: 1 + random(3) },
      () => random(4) === 0 ? "**" : some(pieces.slice(0, -1), 3).join(""),
    );
    // Two in a row mean one; the expression that they give takes for ever.
    const glob = parts.filter((one, at) => one !== "**" || parts[at - 1] !== "**").join("/");
    const path = some(letters, 4).join("/");
    const wanted = globToRegExp(glob, { extended: true, globstar: true }).test(path);
    assertEquals(pathGlob(glob).test(path), wanted, `${glob} ${path}`);
    if (wanted) yes++;
  }
  assert(yes > 1000, `only ${yes} matched`);
});

Deno.test("alternatives may hold folders, and folders in a row are folders", () => {
  assert(pathGlob("{src/a,lib}/*.ts").test("src/a/x.ts"));
  assert(pathGlob("{src/a,lib}/*.ts").test("lib/x.ts"));
  assert(!pathGlob("{src/a,lib}/*.ts").test("src/x.ts"));
  assert(pathGlob("src/**/**/x").test("src/x"));
  assert(pathGlob("a{b").test("a{b"));
  assert(pathGlob("a?c").test("abc") && !pathGlob("a?c").test("a/c"));
  assert(pathGlob("a[!x]c").test("abc") && !pathGlob("a[!x]c").test("a/c"));
  assert(!pathGlob("src/**").test("src"), "not the folder itself");
});

Deno.test("a path that an agent chose takes no time that counts", () => {
  const deep = `a/${"b/c/".repeat(500)}x`;
  const started = performance.now();
  for (const glob of ["a/**/b/**/c/**/b/**/c/**/d", "a/**/**/**/**/**/y", "**/b/**/c/**/d/**"]) {
    assertEquals(globProblem(glob), null);
    for (let round = 0; round < 20; round++) assert(!pathGlob(glob).test(deep));
  }
  // As one expression each of them takes seconds to for ever for one path.
  assert(performance.now() - started < 20_000);
});

Deno.test("globs that could take for ever are named", () => {
  for (const glob of ["*(a*)b", "src/+(a)b"]) {
    assertEquals(globProblem(glob), 'must not repeat a group, as in "*(a)"', glob);
  }
  for (const glob of ["*a*a*a*b", "x/?(a)?(a)?(a)?(a)", "{x,*a*a*a*b}"]) {
    assertEquals(globProblem(glob), 'must have at most 3 "*" between two "/"', glob);
  }
  assertEquals(globProblem("{a,b}".repeat(7)), "must stand for at most 64 alternatives");
  for (const glob of ["**/*.test.*", "*/*/*/*/*/x", "{a,b}".repeat(6), "tests", "[id]/(group)/x"]) {
    assertEquals(globProblem(glob), null, glob);
  }
});
