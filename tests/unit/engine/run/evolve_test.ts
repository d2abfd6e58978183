import { assertEquals } from "@std/assert";
import type { RunEvent } from "../../../../lib/engine/run/events.ts";
import { foldRun } from "../../../../lib/engine/run/evolve.ts";
import { circumstance, Story } from "../../../helpers/run_story.ts";

Deno.test("no event is no run, and a run begins with its creation", () => {
  assertEquals(foldRun([]), undefined);
  assertEquals(foldRun(new Story([{ id: "a" }]).events.slice(1)), undefined);
});

Deno.test("events of a newer program, and of criteria that are not there, are passed over", () => {
  const story = new Story([{ id: "a" }]);
  const before = story.state;
  const unknown = { ...story.events[0]!, version: 5, type: "run.sung", data: {} };
  story.events.push(unknown as unknown as RunEvent);
  story.settle("z", "passed");
  story.add("attempt.recorded", {
    criterion: "a",
    attempt: 9,
    commit: "c",
    tree: "t",
    changed: 1,
    paths: [],
  });
  const { state } = story;
  assertEquals(state.criteria, before.criteria);
  assertEquals(state.version, story.events.length, "the next append must know the last version");
});

Deno.test("usage is summed over attempts, and unknown fields stay unknown", () => {
  const story = new Story([{ id: "a" }]);
  for (const inputTokens of [3, 4]) {
    const at = story.begin("a");
    story.add("attempt.ended", {
      ...at,
      outcome: { reason: "completed" },
      usage: { inputTokens },
      durationMs: 1,
      why: "",
    });
  }
  assertEquals(story.state.usage, { inputTokens: 7 });
});

Deno.test("a worker that begins takes an interruption away and may bring other limits", () => {
  const story = new Story([{ id: "a" }]);
  story.add("run.interrupted", { code: "limit_reached", reason: "no tokens", hint: null });
  assertEquals(story.state.interrupted?.code, "limit_reached");
  story.worker({ attempts: 5, minutes: 1, maxTokens: 9 });
  assertEquals(story.state.interrupted, null);
  // As an earlier version wrote them: what it did not know was so then.
  assertEquals(story.state.limits, {
    ...{ attempts: 5, minutes: 1, maxTokens: 9, maxUsd: null, jobs: 1, waitMinutes: 60 },
  });
  assertEquals(story.state.worker?.epoch, 2);
});

Deno.test("a child that was started is known until its end", () => {
  const story = new Story([{ id: "a" }]);
  const at = story.begin("a");
  story.add("child.started", { ...at, pid: 7, startTime: "t", marker: "m" });
  assertEquals(story.state.children.map((one) => one.pid), [7]);
  story.add("attempt.ended", {
    ...at,
    outcome: { reason: "completed" },
    usage: {},
    durationMs: 1,
    why: "",
  });
  assertEquals(story.state.children, []);
});

Deno.test("a branch goes forward with integrated work and back with what is reverted", () => {
  const story = new Story([{ id: "a" }]);
  story.attempt("a", { decision: "passed" }).integrate("a", {
    regressions: [{ criterion: "a", line: "l", counterexample: "c" }],
  });
  assertEquals(story.state.head, "h-a");
  const attempt = { criterion: "a", attempt: 1 };
  story.add("attempt.reverted", { ...attempt, head: "base", tree: "base-tree" });
  assertEquals([story.state.head, story.state.headTree], ["base", "base-tree"]);
});

Deno.test("a journal from before checks could be in doubt reads as one without doubts", () => {
  const story = new Story([{ id: "a" }]);
  story.attempt("a", { decision: "passed" }).integrate("a");
  const last = story.events.at(-1)!.data as { undecided?: unknown };
  delete last.undecided;
  assertEquals(story.state.undecided, []);
});

Deno.test("each attempt knows the worker that made it", () => {
  const story = new Story([{ id: "a" }]);
  story.attempt("a", circumstance("server_error")).worker().attempt("a");
  assertEquals(story.state.criteria[0]!.attempts.map((one) => one.workerEpoch), [1, 2]);
});
