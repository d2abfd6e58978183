import { assert, assertEquals } from "@std/assert";
import { realTest } from "../helpers/real_agents.ts";
import { withBench } from "../helpers/real_drive.ts";
import { assertUsage } from "../helpers/real_usage.ts";

realTest(
  "gives its answer, its session and what was used, for one request; a resumed session knows what " +
    "was said, keeps its id and counts nothing twice",
  (agent) =>
    withBench(
      agent,
      [{ text: "It is called Ada." }, { text: "As I said: Ada." }],
      async ({ cwd, definition, server, drive }) => {
        const first = await drive({ prompt: "Name the ship." });
        assertEquals(first.outcome.reason, "completed", first.why);
        assertEquals(first.outcome.finalText, "It is called Ada.");
        assert(first.outcome.sessionId, "no session id");
        assertUsage(definition, first.usage, 1);
        const asked = () => [server.of("main").length, server.of("title").length];
        assertEquals(asked(), [1, 0], "a request that nobody asked for was paid");
        const left = [...Deno.readDirSync(cwd)].map((entry) => entry.name);
        assertEquals(left, [".git"], "the CLI leaves files of its own in the work folder");
        const second = await drive({
          prompt: "What is its name?",
          resume: first.outcome.sessionId,
          previousThreadUsage: first.usage,
        });
        assertEquals(second.outcome.reason, "completed", second.why);
        assertEquals(second.outcome.finalText, "As I said: Ada.");
        assertEquals(second.outcome.sessionId, first.outcome.sessionId);
        assertUsage(definition, second.usage, 1);
        const seen = server.of("main")[1]?.seen;
        assert(
          seen?.prompts.some((text) => text.includes("Name the ship.")),
          "first prompt is lost",
        );
        assert(seen?.answers.some((text) => text.includes("It is called Ada.")), "answer is lost");
        assertEquals(asked(), [2, 0]);
      },
    ),
);

/** Ids in the form that each CLI gives them, of sessions that never were. */
const UNKNOWN: Record<string, string> = {
  codex: "0199a213-77e8-7c51-9a3d-1f5b6a7c8d9e",
  claude: "6f1d7ad2-58cf-4d43-9d5b-0a6f0f4b7e11",
  opencode: "ses_deca2f1a2ffeAAAABBBBCCCCDD",
  hermes: "20261101_101010_abcdef",
};

realTest(
  "a session that is gone is said to be lost, and nothing is paid",
  (agent) =>
    withBench(agent, [{ text: "Who are you?" }], async ({ server, drive }) => {
      const end = await drive({ prompt: "Go on.", resume: UNKNOWN[agent.name] });
      assertEquals(end.outcome.reason, "failed", end.why);
      assertEquals(end.outcome.code, "session_lost");
      assertEquals(server.of("main").length, 0);
    }),
);
