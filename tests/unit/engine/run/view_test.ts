import { assertEquals } from "@std/assert";
import { viewRun } from "../../../../lib/engine/run/view.ts";
import { circumstance, Story } from "../../../helpers/run_story.ts";

const AT = { criterion: "a", attempt: 1 };

function stateOf(story: Story): string {
  return viewRun(story.state).criteria[0]!.state;
}

Deno.test("a criterion goes through the words of its life", () => {
  const story = new Story([{ id: "a" }]);
  assertEquals(stateOf(story), "pending");
  story.begin("a");
  assertEquals(stateOf(story), "working");
  story.add("attempt.ended", {
    ...AT,
    outcome: { reason: "completed" },
    usage: {},
    durationMs: 1,
    why: "",
  });
  assertEquals(stateOf(story), "claimed");
  story.add("attempt.recorded", { ...AT, commit: "c", tree: "t", changed: 1, paths: [] });
  assertEquals(stateOf(story), "checking");
  story.settle("a", "passed");
  assertEquals(stateOf(story), "passed");
});

Deno.test("an agent that was cut off claims nothing, and failed work is worked on", () => {
  const cutOff = new Story([{ id: "a" }]).attempt("a", circumstance("stream_cut"));
  assertEquals(stateOf(cutOff), "working");
  assertEquals(stateOf(new Story([{ id: "a" }]).attempt("a", { decision: "failed" })), "working");
});

Deno.test("an attempt that was cut off is told apart from the tries that the limit counts", () => {
  const story = new Story([{ id: "a" }], { limits: { attempts: 1 } })
    .attempt("a", circumstance("stream_cut")).attempt("a", { decision: "passed" });
  const { tries, cutOff } = viewRun(story.state).criteria[0]!;
  assertEquals([tries, cutOff], [2, 1]);
});

Deno.test("what was not finished when a run was cancelled is cancelled", () => {
  const story = new Story([{ id: "a" }, { id: "b" }]).settle("b", "passed");
  story.add("run.ended", { result: "cancelled", reason: "Cancelled by ada" });
  const view = viewRun(story.state);
  assertEquals([view.state, view.exit, view.reason], ["cancelled", 7, "Cancelled by ada"]);
  assertEquals(view.criteria.map((one) => one.state), ["cancelled", "passed"]);
});

Deno.test("every end has its exit code", () => {
  const ended = (state: "passed" | "failed" | "unverified" | "skipped") => {
    const story = new Story([{ id: "a" }]).settle("a", state);
    story.add("run.ended", { result: "passed", reason: "r" });
    return viewRun(story.state).exit;
  };
  assertEquals([ended("passed"), ended("failed"), ended("unverified"), ended("skipped")], [
    0,
    5,
    9,
    9,
  ]);
  for (
    const [code, exit] of [["limit_reached", 8], ["cancelled", 7], ["rate_limited", 1]] as const
  ) {
    const story = new Story([{ id: "a" }]);
    story.add("run.interrupted", { code, reason: "r", hint: "h" });
    const view = viewRun(story.state);
    assertEquals([view.state, view.exit, view.hint], ["interrupted", exit, "h"]);
  }
});

Deno.test("a criterion that a person closes after the end changes how the run stands, and why", () => {
  const story = new Story([{ id: "a" }]).settle("a", "failed");
  story.add("run.ended", { result: "failed", reason: "A check said no" });
  story.add("criterion.accepted", { criterion: "a", by: "ada", reason: "fine", receipt: null });
  const view = viewRun(story.state);
  assertEquals([view.state, view.exit, view.reason], [
    "passed",
    0,
    "1 of 1 criteria hold, 1 accepted by a person",
  ]);
  assertEquals(view.criteria[0]!.acceptedBy, "ada");
});

Deno.test("agents that never started are not counted as started", () => {
  const story = new Story([{ id: "a" }]);
  story.attempt("a", circumstance("prompt_too_large", { reason: "not_started" }));
  assertEquals(viewRun(story.state).attempts, 0);
});

Deno.test("an interrupted run that was discarded is over, and one that had ended stays what it was", () => {
  const reason = "The agent was cut off";
  const cut = new Story([{ id: "a" }]).attempt("a");
  cut.add("run.interrupted", { code: "cancelled", reason, hint: "ouroboros resume" });
  cut.add("run.discarded", { bytes: 1 });
  const view = viewRun(cut.state);
  assertEquals([view.state, view.reason, view.hint], [
    "cancelled",
    "Its files were discarded",
    null,
  ]);
  assertEquals(view.criteria[0]!.state, "cancelled");
  const done = new Story([{ id: "a" }]).settle("a", "passed");
  done.add("run.ended", { result: "passed", reason: "r" }).add("run.discarded", { bytes: 1 });
  assertEquals(viewRun(done.state).state, "passed");
});
