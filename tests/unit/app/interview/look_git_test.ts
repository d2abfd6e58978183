import { assertStringIncludes } from "@std/assert";
import { lookGit } from "../../../../lib/app/interview/look_git.ts";

const REPOSITORY = { branch: "main", head: "a".repeat(40), tracked: [], others: [] };

Deno.test("the last commit's age is told in the largest unit that fits", () => {
  const ages: [number, string][] = [
    [-500, "just now"],
    [59, "just now"],
    [60, "1 minute ago"],
    [7199, "1 hour ago"],
    [3 * 86_400, "3 days ago"],
    [65 * 86_400, "2 months ago"],
    [800 * 86_400, "2 years ago"],
  ];
  for (const [seconds, words] of ages) {
    const fact = lookGit({ ...REPOSITORY, dirty: 0, committedAt: 0 }, new Date(seconds * 1000));
    assertStringIncludes(fact.text, `last commit ${words}`);
  }
});

Deno.test("what could not be found out is said to be so", () => {
  const fact = lookGit({ ...REPOSITORY, dirty: null, committedAt: null }, new Date());
  assertStringIncludes(fact.text, "changed files not counted, last commit of unknown age");
});
