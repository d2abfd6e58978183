import { assertEquals } from "@std/assert";
import { AGENT, appBench } from "../../../helpers/app_bench.ts";
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
  const names = ["apply", "config", "help", "run", "setup", "status"];
  assertEquals(await hiddenFrom("ours-"), names.map((name) => `ours-${name}`));
});

Deno.test("where nothing of ours can be installed, nothing is hidden", async () => {
  assertEquals(await hiddenFrom(undefined), []);
});
