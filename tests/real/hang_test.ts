import { assert, assertEquals } from "@std/assert";
import { realTest } from "../helpers/real_agents.ts";
import { definitionOf, withBench } from "../helpers/real_drive.ts";

for (const hang of ["before_headers", "after_headers"] as const) {
  realTest(
    `a server that hangs (${hang}) meets our limit, and nothing stays alive`,
    (agent) =>
      withBench(agent, [{ hang }], async ({ server, drive }) => {
        // On a busy machine a short limit can end a CLI before it has asked: then again, with more.
        for (const totalMs of [10_000, 30_000, 90_000]) {
          const end = await drive({ limits: { totalMs } });
          assertEquals(end.outcome.reason, "timed_out", end.why);
          assertEquals(end.outcome.code, "timed_out");
          assertEquals(end.outcome.limit, "total");
          assert(end.outcome.message, "no message");
          if (server.of("main").length > 0) return;
        }
        assert(false, "the CLI never asked the server");
      }),
  );
}

realTest(
  "silence meets the idle or the start limit of a CLI that speaks while it works",
  (agent) =>
    withBench(agent, [{ hang: "mid_text" }], async ({ drive }) => {
      const end = await drive({ limits: { startMs: 5_000, idleMs: 5_000 } });
      assertEquals(end.outcome.reason, "timed_out", end.why);
      assert(end.outcome.limit === "start" || end.outcome.limit === "idle", end.outcome.limit);
    }),
  { only: (agent) => definitionOf(agent).streams },
);
