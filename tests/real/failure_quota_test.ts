import { assert, assertEquals } from "@std/assert";
import { realTest } from "../helpers/real_agents.ts";
import { withBench } from "../helpers/real_drive.ts";

realTest('an empty purse is "quota_exhausted" and is not tried again', (agent) => {
  // Anthropic says it with 400, the others with 429.
  const status = agent.name === "claude" ? 400 : 429;
  return withBench(agent, [{ status, about: "quota" }], async ({ drive }) => {
    const end = await drive();
    assertEquals(end.outcome.reason, "failed", end.why);
    assertEquals(end.outcome.code, "quota_exhausted");
    assertEquals(end.outcome.retryable, false);
    assert(end.outcome.hint, "no hint");
  });
});
