import { assertEquals } from "@std/assert";
import type { SettledState } from "../../../../lib/engine/run/events.ts";
import { Story } from "../../../helpers/run_story.ts";
import { runResult } from "../../../../lib/engine/run/run_result.ts";

function resultOf(...states: SettledState[]): string {
  const settled = states.map((state) => ({ settled: { state, reason: "", receipt: null } }));
  return runResult(settled).result;
}

Deno.test("a run passed when all hold, failed when a check said no, and is unverified else", () => {
  assertEquals(resultOf("passed", "accepted"), "passed");
  const states = ["passed", "accepted"] as const;
  const told = runResult(
    states.map((state) => ({ settled: { state, reason: "", receipt: null } })),
  );
  assertEquals(told.reason, "2 of 2 criteria hold, 1 accepted by a person");
  assertEquals(resultOf("passed", "failed", "unverified", "blocked"), "failed");
  for (const state of ["unverified", "skipped", "blocked", "cancelled"] as const) {
    assertEquals(resultOf("passed", state), "unverified");
  }
});

Deno.test("where an agent came to its end in no try, the reason says that the agent failed", () => {
  const failed = { settled: { state: "failed" as const, reason: "", receipt: null } };
  const ended = (...reasons: ("completed" | "failed")[]) => {
    const story = new Story([{ id: "a" }]);
    for (const reason of reasons) {
      const end = { outcome: { reason }, usage: {}, durationMs: 1, why: "" };
      story.add("attempt.ended", { ...story.begin("a"), ...end });
    }
    return { ...failed, attempts: story.state.criteria[0]!.attempts };
  };
  const crashed = ended("failed", "failed");
  const count = "criteria failed";
  assertEquals(
    runResult([crashed]).reason,
    `The agent failed at every try, and a check said no: 1 of 1 ${count}`,
  );
  assertEquals(
    runResult([crashed, ended("failed", "completed")]).reason,
    `A check said no: 2 of 2 ${count}, 1 of them because the agent failed at every try`,
  );
  assertEquals(runResult([failed]).reason, `A check said no: 1 of 1 ${count}`);
});
