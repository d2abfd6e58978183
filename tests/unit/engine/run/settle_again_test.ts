import { assertEquals } from "@std/assert";
import { settleAgain } from "../../../../lib/engine/run/settle_again.ts";
import { Story } from "../../../helpers/run_story.ts";

Deno.test("what held on the base and cannot be checked on the branch is in doubt, until it can", () => {
  const story = new Story([{ id: "old", base: ["pass"] }, { id: "a" }]);
  const skipped = "Every check passes already, before any work";
  story.add("criterion.settled", {
    criterion: "old",
    state: "skipped",
    reason: skipped,
    receipt: null,
  });
  assertEquals(settleAgain(story.state), undefined);
  const look = { criterion: "a", attempt: 1, tree: "t", regressions: [] };
  const undecided = [{ criterion: "old", reason: "The check could not run" }];
  story.add("branch.rechecked", { ...look, undecided });
  const doubt = { do: "settle", criterion: "old", state: "unverified" } as const;
  assertEquals(settleAgain(story.state), { ...doubt, reason: "The check could not run" });
  story.add("criterion.settled", {
    criterion: "old",
    state: "unverified",
    before: "skipped",
    reason: "The check could not run",
    receipt: null,
  });
  assertEquals(settleAgain(story.state), undefined);
  story.add("branch.rechecked", { ...look, undecided: [] });
  assertEquals(settleAgain(story.state), { ...doubt, state: "skipped", reason: skipped });
});
