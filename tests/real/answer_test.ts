import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { realTest } from "../helpers/real_agents.ts";
import { assertUsage } from "../helpers/real_usage.ts";
import { withBench } from "../helpers/real_drive.ts";

realTest(
  "gives its answer, its session and what was used, for one request",
  (agent) =>
    withBench(
      agent,
      [{ text: "The answer is 42." }],
      async ({ cwd, definition, server, drive }) => {
        const end = await drive({ prompt: "What is the answer?" });
        assertEquals(end.outcome.reason, "completed", end.why);
        assertEquals(end.outcome.finalText, "The answer is 42.");
        assert(end.outcome.sessionId, "no session id");
        assertUsage(definition, end.usage, 1);
        assertEquals(server.of("main").length, 1);
        assertEquals(server.of("title").length, 0, "a request that nobody asked for was paid");
        const left = [...Deno.readDirSync(cwd)].map((entry) => entry.name);
        assertEquals(left, [".git"], "the CLI leaves files of its own in the work folder");
      },
    ),
);

realTest("writes a file, runs a command and answers, and says so as it goes", (agent) =>
  withBench(
    agent,
    [
      { write: { path: "out.txt", text: "written\n" } },
      { shell: "cat out.txt > copy.txt" },
      { text: "Both are done." },
    ],
    async ({ cwd, definition, server, drive }) => {
      const end = await drive();
      assertEquals(end.outcome.reason, "completed", end.why);
      assertEquals(end.outcome.finalText, "Both are done.");
      assertEquals(await Deno.readTextFile(join(cwd, "copy.txt")), "written\n");
      assertUsage(definition, end.usage, 3);
      assertEquals(server.of("main").length, 3);
      if (definition.streams) {
        const of = (type: string) => end.events.filter((event) => event.type === type).length;
        assertEquals([of("started"), of("tool_started"), of("tool_finished")], [1, 2, 2]);
      }
    },
  ));

// Codex's newer models get their tools in namespaces and call them from JavaScript.
realTest("works with its tools under its own default model, too", (agent) =>
  withBench(
    agent,
    [
      { write: { path: "out.txt", text: "written\n" } },
      { shell: "cat out.txt > copy.txt" },
      { text: "Both are done." },
    ],
    async ({ cwd, definition, server, drive }) => {
      const end = await drive({ ownModel: true });
      assertEquals(end.outcome.reason, "completed", end.why);
      assertEquals(await Deno.readTextFile(join(cwd, "copy.txt")), "written\n");
      assertUsage(definition, end.usage, 3);
      const finished = end.events.filter((event) => event.type === "tool_finished");
      assertEquals(finished.map((event) => event.ok), [true, true]);
      assertEquals(server.of("main").length, 3);
    },
  ), { only: (agent) => agent.name === "codex" || agent.name === "claude" });
