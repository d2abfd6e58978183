import { assertEquals } from "@std/assert";
import { heldOnBase } from "../../../../lib/engine/run/held_on_base.ts";
import { Story } from "../../../helpers/run_story.ts";

const held = (story: Story) => story.state.criteria.map(heldOnBase);

Deno.test("a criterion held on the base where each of its commands passed there", () => {
  assertEquals(
    held(
      new Story([
        { id: "all", checks: ["visible", "hidden"], base: ["pass", "pass"] },
        { id: "beside-a-person", checks: ["visible", "human"], base: ["pass"] },
        { id: "some", checks: ["visible", "visible"], base: ["pass", "fail"] },
        { id: "not", base: ["missing_tool"] },
        { id: "none", checks: [] },
        { id: "person", checks: ["human"] },
      ]),
    ),
    [true, true, false, false, false, false],
  );
});

Deno.test("what a person took with work of its own is no longer measured by the base", () => {
  const story = new Story([{ id: "a", base: ["pass"] }, { id: "b", base: ["pass"] }]);
  const accepted = { by: "ada", reason: "so be it", receipt: null };
  story.add("criterion.accepted", { criterion: "a", ...accepted, tree: "t" });
  story.add("criterion.accepted", { criterion: "b", ...accepted, tree: null });
  assertEquals(held(story), [false, true]);
});
