import { assertEquals } from "@std/assert";
import type { RunView } from "../../../lib/app/run/views.ts";
import { runStanding } from "../../../lib/mcp/standing.ts";

/** What is said to be next of a run that was interrupted. */
function next(hint: string | null, runtime = "codex"): string[] {
  return runStanding({
    ...{ runId: "run_1", state: "interrupted", goal: "Greet", reason: "", criteria: [] },
    ...{ discarded: false, hint, runtime },
  } as unknown as RunView).next;
}

const RESUME = 'ouroboros_start_execute_seed with session_id "run_1"';

Deno.test("how an interrupted run goes on is said once", () => {
  assertEquals(next("ouroboros resume run_1"), [`${RESUME}: it goes on, and costs`]);
  assertEquals(next("ouroboros resume run_1 --detach"), [`${RESUME}: it goes on, and costs`]);
  assertEquals(next(null, "byhost"), [`${RESUME}: it goes on`]);
  assertEquals(next("Sign in first"), ["Sign in first", `${RESUME}: it goes on, and costs`]);
});

Deno.test("a run that stopped at a ceiling goes on with a higher one, and is not offered without", () => {
  assertEquals(next("ouroboros resume run_1 --max-usd 2"), [
    "The user types: ouroboros resume run_1 --max-usd 2",
  ]);
  // Minutes begin anew.
  assertEquals(
    next("ouroboros resume run_1 --minutes 60").at(-1),
    `${RESUME}: it goes on, and costs`,
  );
});
