import { assertEquals } from "@std/assert";
import { deliveredBranch } from "../../../../lib/app/receipts/delivered_branch.ts";
import { Story } from "../../../helpers/run_story.ts";

const AT = { criterion: "a", attempt: 1 };

function worked(): Story {
  const story = new Story([{ id: "old", base: ["pass"] }, { id: "a" }, { id: "b" }]);
  assertEquals(deliveredBranch(story.state), null, "nothing was brought there");
  story.attempt("a", { decision: "passed" });
  return story.add("attempt.integrated", { ...AT, before: "base", head: "h1", tree: "t1" });
}

Deno.test("what is delivered is the branch with all that holds there, once it was looked at", () => {
  const story = worked();
  assertEquals(deliveredBranch(story.state), undefined);
  story.add("branch.rechecked", { ...AT, tree: "t1", regressions: [], undecided: [] });
  story.add("criterion.settled", { criterion: "a", state: "passed", reason: "", receipt: "r" });
  assertEquals(deliveredBranch(story.state), { tree: "t1", criteria: ["old", "a"] });
});

Deno.test("what is in doubt on the branch is not said to hold there", () => {
  const story = worked();
  const undecided = [{ criterion: "old", reason: "could not run" }];
  story.add("branch.rechecked", { ...AT, tree: "t1", regressions: [], undecided });
  assertEquals(deliveredBranch(story.state), { tree: "t1", criteria: [] });
});
