import { assert, assertEquals } from "@std/assert";
import { QUICK, realTest } from "../helpers/real_agents.ts";
import { failureOf, withQuestionBench } from "../helpers/real_question.ts";

realTest(
  "ends a refusal that the provider marks as one with its code, and repairs nothing",
  (agent) =>
    withQuestionBench(agent, [{ refusal: "I cannot" }], async ({ ask, requests }) => {
      const got = await ask({}, { limits: { callMs: 60_000, totalMs: 90_000 } });
      assertEquals(failureOf(got).code, "content_refused");
      console.log(`${agent.name}: refused: ${got.calls.length} calls, ${requests()} requests`);
    }),
);

realTest(
  "ends at a limit whose end is far away, and does not wait for it",
  (agent) =>
    withQuestionBench(
      agent,
      [{ status: 429, headers: { "retry-after": "4000" } }],
      async ({ ask, requests }) => {
        const got = await ask({}, { limits: { callMs: 20_000, totalMs: 40_000, waitMs: 0 } });
        const { code, retryable } = failureOf(got);
        // Hermes and OpenCode may sit the server's time out themselves, without a word.
        assert(["rate_limited", "timed_out"].includes(code), code);
        assertEquals(retryable, true);
        console.log(
          `${agent.name}: 429: ${code}, ${got.calls.length} calls, ${requests()} requests`,
        );
      },
    ),
);

// From here on it is our loop that ends: how each CLI takes a cut, a hang and a stop is tried by the
// tests of attempts.
realTest(
  "ends a stream that is cut off again and again, within the time it was given",
  (agent) =>
    withQuestionBench(agent, [{ cut: '{"n": 3, "un' }], async ({ ask, requests }) => {
      const got = await ask({}, { limits: { callMs: 45_000, totalMs: 60_000 } });
      const { code } = failureOf(got);
      assert(["stream_cut", "connection_failed", "server_error", "timed_out"].includes(code), code);
      console.log(`${agent.name}: cut: ${code}, ${got.calls.length} calls, ${requests()} requests`);
    }),
  QUICK,
);

realTest(
  "ends a model that hangs, by the limit of one call, and asks no second time",
  (agent) =>
    withQuestionBench(agent, [{ hang: "mid_text" }], async ({ ask, requests }) => {
      for (const callMs of [10_000, 30_000, 90_000]) {
        const got = await ask({}, { limits: { callMs } });
        assertEquals(failureOf(got).code, "timed_out");
        assertEquals(got.calls.length, 1);
        // On a busy machine a short limit can end a CLI before it has asked.
        if (requests() > 0) return;
      }
      assert(false, "the CLI never asked the server");
    }),
  QUICK,
);

realTest(
  "is cancelled in the middle of an answer, and nothing stays alive",
  (agent) =>
    withQuestionBench(agent, [{ hang: "mid_text" }], async ({ ask, requests }) => {
      const stop = new AbortController();
      const asked = ask({}, { cancel: stop.signal });
      const poll = setInterval(() => requests() > 0 && stop.abort(), 50);
      const got = await asked.finally(() => clearInterval(poll));
      assertEquals([failureOf(got).code, got.calls.length], ["cancelled", 1]);
    }),
  QUICK,
);
