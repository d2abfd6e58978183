import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { goneWithin, processesIn } from "../helpers/processes_in.ts";
import { QUICK, realTest } from "../helpers/real_agents.ts";
import { type RunBench, withRunBench } from "../helpers/real_run.ts";
import type { Script } from "./model_server.ts";

/** The agent's tool starts children of every kind and says so. */
const SPAWN = [
  `away=$(command -v setsid || command -v nohup)`,
  `sleep 300 >/dev/null 2>&1 &`,
  `$away sleep 300 >/dev/null 2>&1 &`,
  `( $away sh -c 'sleep 300 & exec sleep 300' >/dev/null 2>&1 & )`,
  `touch started`,
  `sleep 300`,
].join("\n");

const script: Script = [{ shell: "sh spawn.sh" }, { text: "Going on." }];

/** Starts a run and waits until its agent's tool is at work. */
async function atWork(bench: RunBench): Promise<Deno.ChildProcess> {
  await Deno.writeTextFile(join(bench.project, "spawn.sh"), SPAWN);
  const child = await bench.startRun("Write out.txt", "--check", "test -f out.txt");
  const runs = join(bench.home.home, ".ouroboros", "runs");
  for (let n = 0; n < 900; n++) {
    for (const run of await names(runs)) {
      for (const tree of await names(join(runs, run, "worktrees"))) {
        const path = join(runs, run, "worktrees", tree, "started");
        if (await Deno.stat(path).then(() => true, () => false)) return child;
      }
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill("SIGKILL");
  throw new Error("The agent's tool did not start within 90 seconds");
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name);
  } catch {
    return [];
  }
}

realTest(
  "cancelled from another terminal, a run ends with 7 and leaves nothing alive",
  (agent) =>
    withRunBench(agent, { script }, async (bench) => {
      const child = await atWork(bench);
      const runs = JSON.parse((await bench.ouroboros("runs", "--json")).stdout);
      const [{ runId }] = runs.runs ?? runs;
      assertEquals((await bench.ouroboros("cancel", runId)).code, 0);
      assertEquals((await child.status).code, 7);
      assertEquals(await goneWithin(bench.home.root, 0), []);
      assertEquals(bench.server.of("main").length, 1, "a request was paid after the cancel");
    }),
  // What a cancel does to each of them: see stop_test.ts.
  QUICK,
);

realTest(
  "killed with SIGKILL itself, the program leaves nothing alive and pays no more",
  (agent) =>
    withRunBench(agent, { script }, async (bench) => {
      const child = await atWork(bench);
      assert((await processesIn(bench.home.root)).length >= 6, "the tool's children do not run");
      child.kill("SIGKILL");
      await child.status;
      // The aim is two seconds; a busy machine gets more.
      assertEquals(await goneWithin(bench.home.root, 15_000), []);
      assertEquals(bench.server.of("main").length, 1, "a request was paid by an orphan");
    }),
);
