import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { QUICK, realTest } from "../helpers/real_agents.ts";
import { assertUsage } from "../helpers/real_usage.ts";
import { withBench } from "../helpers/real_drive.ts";

const exists = (path: string) => Deno.lstat(path).then(() => true, () => false);

realTest(
  "writes in its work folder, runs the project's own commands and answers, says so as it goes, " +
    "and asks for nothing else",
  (agent) =>
    withBench(
      agent,
      [
        { write: { path: "out.txt", text: "written\n" } },
        { shell: "cat out.txt > copy.txt" },
        { shell: "sh build.sh" },
        { shell: "git status --short > status.txt; cat out.txt | wc -l > count.txt" },
        // Builds and shells keep what they need for a moment in TMPDIR.
        { shell: "f=$(mktemp) && echo t > $f && d=$(mktemp -d) && mv $f $d/x && cp $d/x tmp.txt" },
        { text: "All are done." },
      ],
      async ({ cwd, definition, server, drive }) => {
        await Deno.writeTextFile(join(cwd, "build.sh"), "mkdir -p dist && echo built > dist/out\n");
        const end = await drive();
        assertEquals(end.outcome.reason, "completed", end.why);
        assertEquals(end.outcome.finalText, "All are done.");
        assertEquals(await Deno.readTextFile(join(cwd, "copy.txt")), "written\n");
        for (const path of ["out.txt", "dist/out", "status.txt", "count.txt", "tmp.txt"]) {
          assert(await exists(join(cwd, path)), `"${path}" was not written`);
        }
        assertUsage(definition, end.usage, 6);
        assertEquals([server.of("main").length, server.of("title").length], [6, 0]);
        if (definition.streams) {
          const of = (type: string) => end.events.filter((event) => event.type === type).length;
          assertEquals([of("started"), of("tool_started"), of("tool_finished")], [1, 5, 5]);
        }
      },
    ),
);

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
  ), QUICK);
