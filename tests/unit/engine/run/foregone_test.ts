import { assertEquals } from "@std/assert";
import { foregone } from "../../../../lib/engine/run/foregone.ts";
import { Story, type StoryCriterion } from "../../../helpers/run_story.ts";

function why(criterion: Omit<StoryCriterion, "id">): string | null {
  return foregone(new Story([{ id: "a", ...criterion }]).state.criteria[0]!);
}

Deno.test("an agent is worth its money where a check can decide, or a person will", () => {
  assertEquals(why({ base: ["fail"] }), null);
  assertEquals(why({ checks: ["visible", "hidden"], base: ["pass", "fail"] }), null);
  assertEquals(why({ checks: ["visible", "visible"], base: ["missing_tool", "fail"] }), null);
  assertEquals(why({ checks: ["human"] }), null);
});

Deno.test("no result can count without a check, with one that cannot run, or where all hold", () => {
  assertEquals(why({ checks: [] }), "No check decides it");
  assertEquals(why({ base: ["pass"] }), "Every check passes already, before any work");
  assertEquals(
    why({ checks: ["visible", "visible"], base: ["pass", "missing_tool"] }),
    "Check 2 cannot run here: x",
  );
});
