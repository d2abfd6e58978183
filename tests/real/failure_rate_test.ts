import { assert, assertEquals } from "@std/assert";
import { realTest } from "../helpers/real_agents.ts";
import { withBench } from "../helpers/real_drive.ts";

realTest(
  'a rate limit that does not pass is "rate_limited" and may be tried again',
  (agent) =>
    withBench(agent, [{ status: 429 }], async ({ drive }) => {
      const end = await drive();
      assertEquals(end.outcome.reason, "failed", end.why);
      assertEquals(end.outcome.code, "rate_limited");
      assertEquals(end.outcome.retryable, true);
      assert(end.outcome.hint, "no hint");
    }),
);

realTest("a rate limit with a reset of one second is waited for", (agent) =>
  withBench(
    agent,
    [{ status: 429, headers: { "retry-after": "1" } }, { text: "After the wait." }],
    async ({ server, drive }) => {
      const end = await drive();
      assertEquals(end.outcome.reason, "completed", end.why);
      assertEquals(end.outcome.finalText, "After the wait.");
      assertEquals(server.of("main").length, 2);
    },
    // OpenCode is slow to start: side_by_side_test.ts has it wait for 20 seconds.
  ), { only: (agent) => agent.name !== "opencode" });
