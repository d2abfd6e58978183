import { assertEquals, assertStringIncludes } from "@std/assert";
import { costOfRest, costText } from "../../../../lib/app/run/cost_view.ts";
import { Story } from "../../../helpers/run_story.ts";

/** Starts that the rest of a run may take. */
function startsOf(story: Story): number {
  return costOfRest(story.state, story.state.limits).mostStarts;
}

Deno.test("the rest of a run may take the tries that are left, and those that were none", () => {
  const story = new Story([{ id: "a" }, { id: "b" }]);
  assertEquals(startsOf(story), 6);
  story.attempt("a", { decision: "failed" });
  assertEquals(startsOf(story), 5);
  // What circumstances ended is made again.
  story.attempt("a", { outcome: { reason: "failed", code: "connection_failed" } });
  assertEquals(startsOf(story), 5);
  story.add("criterion.settled", { criterion: "b", state: "passed", reason: "", receipt: null });
  assertEquals(startsOf(story), 2);
  const text = costText(costOfRest(story.state, story.state.limits));
  assertStringIncludes(text, "Smith 1.0.0, permission edit (none), 1 criterion, at most 2 starts");
});

Deno.test("where criteria are worked on side by side, a first conflict is one start more", () => {
  const story = new Story([{ id: "a" }, { id: "b" }], { limits: { jobs: 2 } });
  assertEquals(startsOf(story), 8);
  story.attempt("a", { decision: "passed" });
  story.add("attempt.conflicted", { criterion: "a", attempt: 1, paths: ["x"] });
  assertEquals(startsOf(story), 7);
});
