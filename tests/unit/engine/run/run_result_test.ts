import { assertEquals } from "@std/assert";
import type { SettledState } from "../../../../lib/engine/run/events.ts";
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
