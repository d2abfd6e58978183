import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { retryReason } from "../../../../lib/engine/run/retry_reason.ts";
import { circumstance, Story, type StoryAttempt } from "../../../helpers/run_story.ts";

function reasonOf(parts: StoryAttempt, after: (story: Story) => void = () => {}) {
  const story = new Story([{ id: "a" }, { id: "b" }]).attempt("a", parts);
  after(story);
  return retryReason(story.state.criteria[0]!.attempts[0]!, "a");
}

Deno.test("a check that said no is told with its counterexample", () => {
  assertEquals(reasonOf({ decision: "failed" }), {
    kind: "check_failed",
    line: "it is failed",
    detail: "the counterexample",
  });
});

Deno.test("what was put back is told, where it may be named", () => {
  for (
    const [paths, told] of [
      [["t.sh"], "\nProtected, and put back to what they were: t.sh. Leave them as they are."],
      [[], ""],
    ] as const
  ) {
    const reason = reasonOf({ decision: "failed" }, ({ events }) => {
      const recorded = events.find((one) => one.type === "attempt.recorded")!;
      Object.assign(recorded.data, { putBack: { paths, more: 1 } });
    });
    assertEquals(reason.detail, `the counterexample${told}`);
  }
});

Deno.test("an agent that changed nothing is told so", () => {
  const { detail } = reasonOf({ decision: "failed", changed: 0 });
  assertEquals(detail, "No file was changed.\nthe counterexample");
});

Deno.test("an agent that did not come to its end is told why, beside what the check says", () => {
  const outcome = { reason: "timed_out", code: "timed_out", message: "Silent for 10 min" } as const;
  const reason = reasonOf({ decision: "failed", outcome });
  assertEquals(reason.kind, "check_failed");
  assertEquals(reason.line, "Silent for 10 min; it is failed");
  assertStringIncludes(reason.detail, "ended early: Silent for 10 min.");
});

Deno.test("work that could not be checked is not called wrong", () => {
  const reason = reasonOf({ decision: "unverified" });
  assertEquals(reason.kind, "not_checked");
});

Deno.test("a cut-off attempt is an interruption: nothing was claimed", () => {
  const reason = reasonOf({ ...circumstance("stream_cut"), changed: 2, decision: "failed" });
  assertEquals([reason.kind, reason.line], ["interrupted", "it is stream_cut"]);
  assertStringIncludes(reason.detail, "still there");
  assertStringIncludes(reason.detail, "the counterexample");
  assertFalse(reasonOf(circumstance("stream_cut")).detail.includes("still there"));
});

Deno.test("a conflict names its files", () => {
  const reason = reasonOf(
    { decision: "passed" },
    (story) => story.add("attempt.conflicted", { criterion: "a", attempt: 1, paths: ["x", "y"] }),
  );
  assertEquals(reason.kind, "conflict");
  assertStringIncludes(reason.detail, "x, y");
});

Deno.test("a regression names what breaks; the criterion itself does not break itself", () => {
  const broken = (criterion: string) =>
    reasonOf({ decision: "passed" }, (story) =>
      story.integrate("a", {
        regressions: [{ criterion, line: "l", counterexample: "it prints this" }],
      }));
  assertEquals(broken("b").line, "Breaks criterion b");
  assertEquals(broken("b").detail, "It breaks criterion b, which held before:\nit prints this");
  assertStringIncludes(broken("a").line, "Holds alone");
  assertStringIncludes(broken("a").detail, "it prints this");
});
