import { assert, assertEquals } from "@std/assert";
import { realTest } from "../helpers/real_agents.ts";
import { withBench } from "../helpers/real_drive.ts";

/** What the server says to every request, and what it has to be called; 401: see run_test.ts. */
const CASES = [
  { status: 403, code: "not_signed_in" },
  { status: 404, code: "model_unknown" },
] as const;

for (const { status, code } of CASES) {
  realTest(
    `status ${status} is "${code}", with a hint, and is not tried again and again`,
    (agent) =>
      withBench(agent, [{ status }], async ({ server, drive }) => {
        const end = await drive();
        assertEquals(end.outcome.reason, "failed", end.why);
        assertEquals(end.outcome.code, code);
        assertEquals(end.outcome.retryable, false);
        assert(end.outcome.hint, "no hint");
        // Codex asks six times on a 403: it has no switch for that.
        assert(server.of("main").length <= 6, `${server.of("main").length} requests`);
      }),
  );
}
