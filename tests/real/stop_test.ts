import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { goneWithin, processesIn } from "../helpers/processes_in.ts";
import { realTest } from "../helpers/real_agents.ts";
import { type Bench, withBench } from "../helpers/real_drive.ts";

/** Children of every kind: of the shell, in a session of their own, and re-parented twice. */
const SPAWN = [
  `away=$(command -v setsid || command -v nohup)`,
  `sleep 300 >/dev/null 2>&1 &`,
  `$away sleep 300 >/dev/null 2>&1 &`,
  `( $away sh -c 'sleep 300 & exec sleep 300' >/dev/null 2>&1 & )`,
  ``,
].join("\n");

/** Gives the agent a script to run: CLIs look at a command's words, never into a file. */
async function putScript(bench: Bench, ending: string): Promise<void> {
  await Deno.writeTextFile(join(bench.cwd, "spawn.sh"), SPAWN + ending);
}

/** Waits until the tool of the agent runs, at most a minute. */
async function started(bench: Bench): Promise<void> {
  for (let n = 0; n < 600; n++) {
    if (await exists(join(bench.cwd, "started"))) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("The agent's tool did not start within a minute");
}

const exists = (path: string) => Deno.stat(path).then(() => true, () => false);

// Claude behaves in two ways on a signal, by the age of its running tool (about 2.5 s).
for (const toolAgeMs of [0, 5_000]) {
  const when = toolAgeMs === 0 ? "just after its tool started" : "while its tool works on";
  realTest(
    `cancelled ${when}, it leaves no process alive and makes no other request`,
    (agent) =>
      withBench(agent, [{ shell: "sh spawn.sh" }, { text: "Going on." }], async (bench) => {
        await putScript(bench, "touch started\nsleep 300\n");
        const cancel = new AbortController();
        const ending = bench.drive({ cancel: cancel.signal });
        await started(bench);
        await new Promise((done) => setTimeout(done, toolAgeMs));
        assert((await processesIn(bench.home.root)).length >= 5, "the tool's children do not run");
        cancel.abort();
        const end = await ending;
        assertEquals(await goneWithin(bench.home.root, 0), []);
        assertEquals(end.outcome.reason, "cancelled", end.why);
        assertEquals(end.outcome.code, "cancelled");
        assertEquals(bench.server.of("main").length, 1, "a request was paid after the cancel");
      }),
    { only: (agent) => toolAgeMs > 0 || agent.name === "claude" },
  );
}

realTest(
  "at its time limit it leaves no process alive, whatever its tool started",
  (agent) =>
    withBench(agent, [{ shell: "sh spawn.sh" }, { text: "Going on." }], async (bench) => {
      await putScript(bench, "touch started\nsleep 300\n");
      for (const totalMs of [8_000, 25_000, 60_000]) {
        const end = await bench.drive({ limits: { totalMs } });
        assertEquals(end.outcome.reason, "timed_out", end.why);
        assertEquals(await goneWithin(bench.home.root, 0), []);
        if (await exists(join(bench.cwd, "started"))) return;
        bench.server.setScript([{ shell: "sh spawn.sh" }, { text: "Going on." }]);
      }
      assert(false, "the tool never started");
    }),
);

realTest(
  "what its tool left running ends with it, also after a good end",
  (agent) =>
    withBench(agent, [{ shell: "sh spawn.sh" }, { text: "All is well." }], async (bench) => {
      await putScript(bench, "touch started\n");
      const end = await bench.drive();
      assertEquals(end.outcome.reason, "completed", end.why);
      assert(await exists(join(bench.cwd, "started")), "the tool did not run");
      assertEquals(await goneWithin(bench.home.root, 0), []);
    }),
);
