import { assert, assertEquals, assertMatch } from "@std/assert";
import { QUICK, realTest } from "../helpers/real_agents.ts";
import { definitionOf, withBench } from "../helpers/real_drive.ts";

/** What is said of a CLI that silence ended. */
const SEEN = /no output .+ in the last \S+ its .+ used .+ CPU.* and wrote /;

/** Eight seconds of work without a word: less than the ten after which Codex asks its model again. */
const BURN = "end=$(($(date +%s)+8)); while [ $(date +%s) -lt $end ]; do " +
  "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; done; echo burnt";

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
    // That limit is ours, and ends them all alike.
    hang === "before_headers" ? QUICK : {},
  );
}

realTest(
  "silence of a CLI that waits meets the idle or the start limit, and the message says what was seen",
  (agent) =>
    withBench(agent, [{ hang: "mid_text" }], async ({ drive }) => {
      const end = await drive({ limits: { startMs: 5_000, idleMs: 5_000 } });
      assertEquals(end.outcome.reason, "timed_out", end.why);
      assert(end.outcome.limit === "start" || end.outcome.limit === "idle", end.outcome.limit);
      assertMatch(end.outcome.message ?? "", SEEN);
      assertMatch(end.why, SEEN);
    }),
  { only: (agent) => definitionOf(agent).streams },
);

realTest(
  "a tool that burns CPU in silence for several idle limits is left alone to its end",
  (agent) =>
    withBench(agent, [{ shell: BURN }, { text: "All done" }], async ({ drive, server }) => {
      const end = await drive({ limits: { startMs: 60_000, idleMs: 1_500 } });
      assertEquals(end.outcome.reason, "completed", end.why);
      // Its result came back: it was not cut short.
      assertMatch(server.of("main").at(-1)?.seen?.results.join("\n") ?? "", /burnt/);
    }),
  { only: (agent) => definitionOf(agent).streams },
);

realTest(
  "a tool that sleeps for ever is ended by the idle limit, and is gone with its CLI",
  (agent) =>
    withBench(agent, [{ shell: "sleep 1000" }], async ({ drive, server }) => {
      const end = await drive({ limits: { startMs: 60_000, idleMs: 5_000 } });
      assertEquals([end.outcome.reason, end.outcome.limit], ["timed_out", "idle"], end.why);
      assertMatch(end.outcome.message ?? "", SEEN);
      assertEquals(server.of("main").length, 1);
    }),
  { only: (agent) => definitionOf(agent).streams },
);
