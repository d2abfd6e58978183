import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { dirname, join } from "@std/path";
import { z } from "zod";
import { doctor } from "../../../lib/app/doctor.ts";
import { type App, createApp } from "../../../lib/app/app.ts";
import { examineRuntime, listRuntimes } from "../../../lib/app/list_runtimes.ts";
import { fixedEnvironment, readableEnvNames } from "../../../lib/config/environment.ts";
import { configSchema } from "../../../lib/config/schema.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { appBench } from "../../helpers/app_bench.ts";
import { madeUpPlacement } from "../../helpers/made_up_runtime.ts";
import { scriptedAgent } from "../../helpers/scripted_agent.ts";

const SEED = `schema: 1
goal: A greeting
acceptance_criteria:
  - id: hello
    description: hello.txt says hello
    check: { run: grep -qx hello hello.txt }
`;

/** Known to this test alone: no line of the program names it. */
const marmot = scriptedAgent("marmot");

Deno.test("a runtime that only a test defines shows up wherever runtimes are listed", async () => {
  await using bench = await appBench({ agent: marmot, files: { "seed.yaml": SEED } });
  const { app } = bench;
  const [found] = (await listRuntimes(app)).filter((one) => one.id === "marmot");
  assertEquals([found?.status, found?.version, found?.path], [
    "ready",
    "1.2.3",
    join(bench.bin, "marmot"),
  ]);

  const schema = JSON.stringify(z.toJSONSchema(configSchema(app.registry), { io: "input" }));
  assertStringIncludes(schema, "marmot_cli_path");
  assertStringIncludes(app.registry.capabilityTable(), "`marmot` (experimental)");
  assert(readableEnvNames(app.registry).includes("MARMOT_KEY"));

  const report = await doctor(app);
  const agents = report.sections.find((one) => one.title === "Agents");
  assertStringIncludes(JSON.stringify(agents), "The marmot agent");

  const unknown = await assertRejects(() => bench.start({ runtime: "marmott" }), OuroborosError);
  assertEquals(unknown.code, "unknown_runtime");
  assertStringIncludes(unknown.hint ?? "", '"marmot"');
});

Deno.test("it does a whole run, by its name and by being the one that is here", async () => {
  await using bench = await appBench({
    agent: marmot,
    files: { "seed.yaml": SEED },
    play: "echo hello > hello.txt",
  });
  const named = await bench.start({ runtime: "MARMOT" });
  assertEquals([named.view.state, named.view.runtime], ["passed", "marmot"]);
  const found = await bench.start({});
  assertEquals([found.view.state, found.view.runtime], ["passed", "marmot"]);
  const notices = found.progress.flatMap((one) => one.type === "notice" ? [one.text] : []);
  assertStringIncludes(notices.join("\n"), "No runtime is configured: The marmot agent is used");
});

Deno.test("a runtime that is configured is used, by the path that is configured for it", async () => {
  await using bench = await appBench({
    agent: marmot,
    files: { "seed.yaml": SEED },
    play: "echo hello > hello.txt",
  });
  const elsewhere = join(bench.root, "elsewhere");
  await Deno.rename(join(bench.bin, "marmot"), elsewhere);
  await Deno.mkdir(join(bench.root, "ours"));
  await Deno.writeTextFile(
    join(bench.root, "ours", "config.yaml"),
    `orchestrator:\n  runtime_backend: marmot\n  marmot_cli_path: ${elsewhere}\n`,
  );
  const { view, progress } = await bench.start({});
  assertEquals(view.state, "passed");
  assertEquals(progress.filter((one) => one.type === "notice"), []);
  assertEquals((await bench.state(view.runId)).created.runtime.program, elsewhere);
});

Deno.test("a configured path that leads nowhere is named, with what puts it right", async () => {
  const agent = { ...marmot, placement: madeUpPlacement("marmot") };
  await using bench = await appBench({ agent, files: { "seed.yaml": SEED } });
  const { config } = bench.app.paths;
  const here = join(bench.bin, "marmot");
  await Deno.mkdir(dirname(config), { recursive: true });
  const hintFor = async (text: string, env: Record<string, string> = {}) => {
    await Deno.writeTextFile(config, text);
    const error = await assertRejects(
      () => examineRuntime(reopened(bench.app, env), agent),
      OuroborosError,
    );
    assertEquals(error.message, 'Use "/gone/marmot" as The marmot agent: no such executable file');
    return error.hint;
  };
  const key = "orchestrator.marmot_cli_path";
  const old = "orchestrator: {marmot_cli_path: /gone/marmot}\n";
  assertEquals(
    await hintFor(old),
    `ouroboros setup --runtime marmot, which takes "${here}"; or change ${key} in ${config}`,
  );
  assertStringIncludes(
    await hintFor("runtimes: {marmot: {path: /gone/marmot}}\n") ?? "",
    `or change runtimes.marmot.path in ${config}`,
  );
  assertEquals(
    await hintFor("{}\n", { OUROBOROS_MARMOT_CLI_PATH: "/gone/marmot" }),
    "unset OUROBOROS_MARMOT_CLI_PATH, or set it to the program",
  );
  await Deno.remove(here);
  const install = "or install it: npm install -g marmot";
  assertEquals(await hintFor(old), `Change ${key} in ${config}, ${install}`);
});

/** The same surroundings, with the configuration read anew. */
function reopened(app: App, env: Record<string, string>): App {
  const environment = fixedEnvironment({
    HOME: app.paths.home,
    PATH: app.environment.get("PATH") ?? "",
    ...env,
  });
  return createApp({ ...app, environment }, app.registry);
}

Deno.test("a runtime that is not on this machine is missing, with the way to install it", async () => {
  await using bench = await appBench({ agent: marmot, files: { "seed.yaml": SEED } });
  await Deno.remove(join(bench.bin, "marmot"));
  for (const runtime of ["marmot", undefined]) {
    const error = await assertRejects(() => bench.start({ runtime }), OuroborosError);
    assertEquals([error.code, error.exitCode], ["runtime_missing", 6]);
    assertStringIncludes(error.hint ?? "", "npm install -g marmot");
  }
});
