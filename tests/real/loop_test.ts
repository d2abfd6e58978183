import { assert, assertEquals } from "@std/assert";
import { realTest } from "../helpers/real_agents.ts";
import { withBench } from "../helpers/real_drive.ts";

realTest(
  "a model that calls the same tool for ever is ended, and the bill stays small",
  (agent) =>
    withBench(agent, [{ shell: "true" }], async ({ server, drive }) => {
      const end = await drive();
      assertEquals(end.outcome.reason, "failed", end.why);
      assertEquals(end.outcome.code, "turn_limit");
      assert(end.outcome.hint, "no hint");
      const requests = server.of("main").length;
      assert(requests <= 120, `${requests} requests were paid`);
    }),
);
