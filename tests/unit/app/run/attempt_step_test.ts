import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { listRuns } from "../../../../lib/app/list_runs.ts";
import { AGENT, type AppBench, appBench } from "../../../helpers/app_bench.ts";
import { madeUpPlacement } from "../../../helpers/made_up_runtime.ts";
import { scriptedAgent } from "../../../helpers/scripted_agent.ts";

const SEED = `schema: 1
goal: A greeting
acceptance_criteria:
  - id: hello
    description: hello.txt says hello
    check:
      run: grep -qx hello hello.txt
`;

/** The names that a worker of a host with this prefix is not shown. */
async function hiddenFrom(prefix: string | undefined): Promise<readonly string[] | undefined> {
  let hidden: readonly string[] | undefined;
  const agent = scriptedAgent(AGENT);
  await using bench = await appBench({
    files: { "seed.yaml": SEED, "hello.txt": "nothing\n" },
    play: "echo hello > hello.txt",
    agent: {
      ...agent,
      ...(prefix === undefined
        ? {}
        : { placement: madeUpPlacement(AGENT, { skills: { dir: "skills", prefix } }) }),
      invoke: (request) => {
        hidden = request.hiddenSkills;
        return agent.invoke(request);
      },
    },
  });
  const { view } = await bench.start({});
  assertEquals(view.state, "passed");
  return hidden;
}

Deno.test("a worker is not shown our own skills, by the names under which its host has them", async () => {
  const skills = new URL("../../../../skills", import.meta.url);
  const names = [...Deno.readDirSync(skills)].map((entry) => entry.name).sort();
  assert(names.includes("run"));
  assertEquals(await hiddenFrom("ours-"), names.map((name) => `ours-${name}`));
});

Deno.test("where nothing of ours can be installed, nothing is hidden", async () => {
  assertEquals(await hiddenFrom(undefined), []);
});

Deno.test("what an agent prints of a known secret is not on disk, although it came in two parts", async () => {
  const secret = "sk-very-secret-key";
  await using bench = await appBench({
    files: { "seed.yaml": SEED, "hello.txt": "nothing\n" },
    play: `printf 'the key is sk-very-'; sleep 0.5; printf 'secret-key, it is\\n'
      echo sk-very-secret-key >&2
      echo "tokens 7 3"; exec sleep 300`,
    env: { SMITH_KEY: secret },
  });
  const stop = new AbortController();
  const spool = (id: string, stream: string) =>
    join(bench.root, "ours", "runs", id, "attempts", `c-hello-1.${stream}`);
  const working = bench.start({}, { interrupt: stop.signal });
  const id = await untilStarted(bench);
  while (!(await Deno.readTextFile(spool(id, "stdout")).catch(() => "")).includes("tokens")) {
    await new Promise((done) => setTimeout(done, 50));
  }
  stop.abort();
  const { progress } = await working;
  const said = progress.flatMap((one) =>
    one.type === "agent" && one.event.type === "text" ? [one.event.text] : []
  );
  assert(said.includes(`the key is ${secret}, it is`), "what is decoded is what came");
  const kept = await Deno.readTextFile(spool(id, "stdout"));
  assertStringIncludes(kept, "\nthe key is [redacted], it is\ntokens 7 3\n");
  assertEquals(await Deno.readTextFile(spool(id, "stderr")), "[redacted]\n");
});

async function untilStarted(bench: AppBench): Promise<string> {
  while (true) {
    const [run] = await listRuns(bench.app, { all: true, limit: 1 });
    if (run !== undefined) return run.runId;
    await new Promise((done) => setTimeout(done, 50));
  }
}
