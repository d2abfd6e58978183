import { assertEquals } from "@std/assert";
import type { AttemptState, CriterionState } from "../../../../lib/engine/run/state.ts";
import { unprovedWork } from "../../../../lib/engine/run/unproved_work.ts";

const THERE = { changed: 1, integrated: {}, reverted: false } as unknown as AttemptState;

function criterion(more: Partial<CriterionState>): CriterionState {
  return { id: "a", settled: null, accepted: null, attempts: [THERE], ...more } as CriterionState;
}

function settled(state: "passed" | "unverified"): Partial<CriterionState> {
  return { settled: { state, reason: "It timed out", receipt: null } };
}

Deno.test("work on the branch that neither a check nor a person vouches for is unproved", () => {
  const accepted = { by: "ada", reason: "seen", at: "", tree: null };
  const of = (more: Partial<CriterionState>) => unprovedWork([criterion(more)]);
  assertEquals(of(settled("unverified")), [
    { criterion: "a", state: "unverified", reason: "It timed out" },
  ]);
  assertEquals(of({}), [{ criterion: "a", state: "open", reason: "" }]);
  assertEquals(of(settled("passed")), []);
  assertEquals(of({ ...settled("unverified"), accepted }), []);
  for (const other of [{ changed: 0 }, { integrated: null }, { reverted: true }]) {
    assertEquals(of({ ...settled("unverified"), attempts: [{ ...THERE, ...other }] }), []);
  }
});
