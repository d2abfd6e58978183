import { assert, assertEquals } from "@std/assert";
import { realTest } from "../helpers/real_agents.ts";
import { withBench } from "../helpers/real_drive.ts";

realTest(
  'a server that fails for ever is "server_error" and may be tried again',
  (agent) =>
    withBench(agent, [{ status: 500 }], async ({ drive }) => {
      const end = await drive();
      assertEquals(end.outcome.reason, "failed", end.why);
      assertEquals(end.outcome.code, "server_error");
      assertEquals(end.outcome.retryable, true);
      assert(end.outcome.hint, "no hint");
    }),
);
