import { assertEquals } from "@std/assert";
import { unblocked } from "../../../../lib/engine/run/unblocked.ts";
import { viewRun } from "../../../../lib/engine/run/view.ts";
import { Story } from "../../../helpers/run_story.ts";

function story(): Story {
  return new Story([
    { id: "a" },
    { id: "b", dependsOn: ["a"] },
    { id: "c", dependsOn: ["b"] },
    { id: "d", dependsOn: ["a", "e"] },
    { id: "e" },
  ]).settle("a", "failed").settle("b", "blocked").settle("c", "blocked").settle("d", "blocked")
    .settle("e", "failed");
}

const accept = (run: Story, criterion: string) =>
  run.add("criterion.accepted", { criterion, by: "ada", reason: "ok", receipt: null });

Deno.test("an acceptance unblocks what depends on it, and what depends on that in turn", () => {
  const run = story().add("run.ended", { result: "failed", reason: "no" });
  assertEquals(unblocked(run.state), []);
  accept(run, "a");
  assertEquals(unblocked(run.state), ["b", "c"]);
  assertEquals(viewRun(run.state).unblocked, ["b", "c"]);
  accept(run, "e");
  assertEquals(unblocked(run.state), ["b", "c", "d"]);
  run.add("criterion.reopened", { criterion: "b", reason: "r" });
  assertEquals([run.state.ended, run.state.criteria[1]!.settled], [null, null]);
});

Deno.test("a run that was cancelled or discarded has nothing to go on with", () => {
  const cancelled = accept(story().add("run.ended", { result: "cancelled", reason: "no" }), "a");
  assertEquals(unblocked(cancelled.state), []);
  const discarded = accept(story().add("run.ended", { result: "failed", reason: "no" }), "a")
    .add("run.discarded", { bytes: 1 });
  assertEquals(unblocked(discarded.state), []);
});
