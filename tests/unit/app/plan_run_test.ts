import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { planRun } from "../../../lib/app/plan_run.ts";
import { appBench, runInput } from "../../helpers/app_bench.ts";

const SEED = `schema: 1
goal: A greeting
gaol: A slip
acceptance_criteria:
  - { id: hello, description: It says hello, check: { run: grep -q hello hello.txt } }
`;

Deno.test("slips in the seed and in the settings are told by a dry run, and once by a run", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: "echo hello > hello.txt",
  });
  await Deno.mkdir(join(bench.root, "ours"), { recursive: true });
  await Deno.writeTextFile(join(bench.root, "ours", "config.yaml"), "run:\n  atempts: 2\n");
  const plan = await planRun(bench.app, runInput(bench), {
    admit: false,
    cancel: new AbortController().signal,
  });
  const told = plan.notices.slice(0, 2).map((one) =>
    /^(Seed|Configuration), [^:]+:/.exec(one)?.[0]
  );
  assertEquals(told, ["Seed, gaol:", "Configuration, run.atempts:"]);
  assertEquals(await bench.starts(), []);
  const { progress } = await bench.start({});
  const notices = progress.flatMap((one) => one.type === "notice" ? [one.text] : []);
  assertEquals(notices, [...plan.notices]);
});

Deno.test("no check of a plan takes longer than is said", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED.replace("grep -q hello hello.txt", "exec sleep 1000") },
    play: "",
  });
  const plan = await planRun(bench.app, runInput(bench), {
    ...{ admit: true, mostMs: 300, cancel: new AbortController().signal },
  });
  assertEquals(plan.criteria[0]?.checks[0]?.now?.says, "times out");
});
