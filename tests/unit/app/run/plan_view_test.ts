import { assertEquals } from "@std/assert";
import { planView } from "../../../../lib/app/run/plan_view.ts";
import { probableCause } from "../../../../lib/checks/admission.ts";
import { seedFromText } from "../../../../lib/engine/seed/seed_from_text.ts";
import { checkRun } from "../../../helpers/check_runs.ts";
import { Story } from "../../../helpers/run_story.ts";

const SEED = seedFromText("A goal", { checks: ["true"] }).seed;

Deno.test("the plan tells what stands in a check's way in the admission's own words", () => {
  for (
    const kind of ["missing_tool", "missing_module", "refused_connection", "timed_out"] as const
  ) {
    const { state } = new Story([{ id: "a", base: [kind] }]);
    const now = planView(state, SEED, { counted: "none" }).criteria[0]!.checks[0]!.now!;
    const says = kind === "timed_out" ? "times out" : "cannot run";
    assertEquals([now.says, now.cause], [says, probableCause(checkRun(kind, "t"))], kind);
  }
  for (const kind of ["pass", "fail"] as const) {
    const { state } = new Story([{ id: "a", base: [kind] }]);
    assertEquals(
      planView(state, SEED, { counted: "none" }).criteria[0]!.checks[0]!.now!.cause,
      undefined,
    );
  }
});
