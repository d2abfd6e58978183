import { assertEquals } from "@std/assert";
import { expectedChecks } from "../../../../lib/engine/run/expected_checks.ts";
import type { RunState } from "../../../../lib/engine/run/state.ts";
import { Story } from "../../../helpers/run_story.ts";

function slow(state: RunState, durationMs: number): RunState {
  const admission = (one: RunState["criteria"][number]) =>
    one.admission.map((check) => ({ ...check, run: { ...check.run, durationMs } }));
  return {
    ...state,
    criteria: state.criteria.map((one) => ({ ...one, admission: admission(one) })),
  };
}

const six = (jobs: number, strict = false) => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const { state } = new Story(ids.map((id) => ({ id })), { limits: { jobs } });
  const minutes = slow(state, 180_000);
  return expectedChecks({ ...minutes, created: { ...minutes.created, strict } });
};

Deno.test("six criteria with a build of three minutes: what is to be expected is counted", () => {
  // Each on its own work, two controls of it, and after each one what held before: 0 + 1 + … + 5.
  assertEquals(six(1), { runs: 6 * 3 + 15, ms: 33 * 180_000, checkouts: 6 * 3 + 5 });
  // Side by side the branch is not the tree that the work was checked on.
  assertEquals([six(3).runs, six(3).checkouts], [6 * 3 + 15 + 6, 6 * 3 + 6]);
  // Twice, and each of three assertions tried.
  assertEquals(six(1, true).runs, 6 * 7 + 15);
});

Deno.test("criteria for which no agent starts need no check", () => {
  const { state } = new Story([
    { id: "a", base: ["missing_tool"] },
    { id: "b" },
    { id: "c", checks: [] },
  ]);
  assertEquals(expectedChecks(state).runs, 3);
});

Deno.test("what held on the base is looked at again after each criterion, and once", () => {
  const { state } = new Story([{ id: "old", base: ["pass"] }, { id: "a" }, { id: "b" }]);
  // Three of its own for each, `old` after both, and a after b.
  assertEquals(expectedChecks(state).runs, 3 + 1 + 3 + 2);
  const two = [{ id: "old", base: ["pass" as const] }, { id: "a" }];
  // Worked on as well, it is not looked at beside itself.
  assertEquals(expectedChecks(new Story(two, { anyway: true }).state).runs, 3 + 3 + 1);
});
