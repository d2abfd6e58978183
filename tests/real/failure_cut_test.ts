import { assert, assertEquals } from "@std/assert";
import { QUICK, realTest } from "../helpers/real_agents.ts";
import { withBench } from "../helpers/real_drive.ts";

realTest(
  "a stream that is always cut is never taken for an answer",
  (agent) =>
    withBench(agent, [{ cut: "I have finished the" }], async ({ drive }) => {
      const end = await drive();
      assertEquals(end.outcome.reason, "failed", end.why);
      // Claude asks again without a stream, and then speaks of a lost connection.
      const expected = agent.name === "claude" ? "connection_failed" : "stream_cut";
      assertEquals(end.outcome.code, expected);
      assertEquals(end.outcome.retryable, true);
      assert(end.outcome.hint, "no hint");
    }),
);

realTest(
  "a stream that is cut once ends in the whole answer, or in a failure",
  (agent) =>
    withBench(
      agent,
      [{ cut: "I have finished the" }, { text: "I have finished the work." }],
      async ({ drive }) => {
        const end = await drive();
        if (end.outcome.reason === "completed") {
          assertEquals(end.outcome.finalText, "I have finished the work.");
        } else assertEquals(end.outcome.code, "stream_cut");
      },
    ),
  QUICK,
);
