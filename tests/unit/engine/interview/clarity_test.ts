import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  belowFloors,
  floorFor,
  milestoneOf,
  nextMilestone,
  qualifies,
  READY_AT,
  type Scores,
  weakest,
  weightedScore,
} from "../../../../lib/engine/interview/clarity.ts";

function scores(goal: number, constraint: number, success: number, context?: number): Scores {
  const one = (clarity: number) => ({ clarity, justification: "" });
  return {
    goal: one(goal),
    constraint: one(constraint),
    successCriteria: one(success),
    context: context === undefined ? null : one(context),
  };
}

Deno.test("the score is the weighted lack of clarity, to four digits", () => {
  assertEquals(weightedScore(scores(1, 1, 1), false), 0);
  assertEquals(weightedScore(scores(0, 0, 0), false), 1);
  assertEquals(weightedScore(scores(0.9, 0.8, 0.7), false), 0.19);
  assertEquals(weightedScore(scores(0.9, 0.8, 0.7, 0.6), true), 0.22);
  assertEquals(weightedScore(scores(1 / 3, 1 / 3, 1 / 3), false), 0.6667);
});

Deno.test("without a word on the context of a project 0.15 is the best, and it is not enough", () => {
  assertEquals(weightedScore(scores(1, 1, 1), true), 0.15);
  assertEquals(belowFloors(scores(1, 1, 1), true), ["Context Clarity missing (< 0.60)"]);
  assert(!qualifies(scores(1, 1, 1), true));
  assert(qualifies(scores(1, 1, 1), false));
  assert(qualifies(scores(1, 1, 1, 0.6), true));
});

Deno.test("a dimension below its floor keeps a good score from qualifying", () => {
  const good = scores(1, 1, 0.69);
  assert(weightedScore(good, false) <= READY_AT);
  assertEquals(belowFloors(good, false), ["Success Criteria Clarity 0.69 < 0.70"]);
  assert(!qualifies(good, false));
  assert(qualifies(scores(1, 1, 0.7), false));
});

Deno.test("the score decides at its limit", () => {
  assertEquals(weightedScore(scores(0.8, 0.8, 0.8), false), 0.2);
  assert(qualifies(scores(0.8, 0.8, 0.8), false));
  assert(!qualifies(scores(0.799, 0.8, 0.8), false));
});

Deno.test("milestones are those of the original", () => {
  const at = [1, 0.41, 0.4, 0.31, 0.3, 0.21, 0.2, 0];
  assertEquals(at.map(milestoneOf), [
    "initial",
    "initial",
    "progress",
    "progress",
    "refined",
    "refined",
    "ready",
    "ready",
  ]);
  assertEquals(at.map((score) => nextMilestone(score)?.name ?? null), [
    "progress",
    "progress",
    "refined",
    "refined",
    "ready",
    "ready",
    null,
    null,
  ]);
});

Deno.test("what is open holds the score above the limit, more of it higher", () => {
  assertEquals([0, 1, 2, 5, 1000].map(floorFor), [0, 0.21, 0.22, 0.25, 0.5]);
  fc.assert(fc.property(fc.nat(10_000), (open) => {
    assert(floorFor(open + 1) > READY_AT);
    assert(floorFor(open + 1) >= floorFor(open));
  }));
});

Deno.test("the weakest dimensions are those that cost most", () => {
  assertEquals(weakest(scores(0.7, 0.9, 0.5), false, 2), ["successCriteria", "goal"]);
  assertEquals(weakest(scores(1, 1, 1), true, 4), ["context"]);
});
