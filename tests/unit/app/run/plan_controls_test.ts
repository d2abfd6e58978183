import { assertEquals, assertStringIncludes } from "@std/assert";
import { planRun } from "../../../../lib/app/plan_run.ts";
import { appBench, runInput } from "../../../helpers/app_bench.ts";

const SEED = `schema: 1
goal: A greeting
acceptance_criteria:
  - id: hello
    description: It says hello, and the old tests go on passing
    check:
      - grep -q hello hello.txt
      - { run: sh test.sh, preserve: true, protect: test.sh }
      - { run: sh test.sh || true, preserve: true, protect: test.sh }
`;
const FILES = { "seed.yaml": SEED, "test.sh": "#!/bin/sh\ntest -f seed.yaml\n" };

Deno.test("of checks that are to go on holding, those that do not notice where they must fail say so", async () => {
  await using bench = await appBench({ files: FILES });
  const options = { admit: true, cancel: new AbortController().signal };
  const plan = await planRun(bench.app, runInput(bench), { ...options, controls: true });
  const [decides, notices, blind] = plan.criteria[0]!.checks;
  assertEquals([decides?.now?.says, decides?.unnoticed], ["fails", undefined]);
  assertEquals([notices?.now?.says, notices?.unnoticed], ["passes", undefined]);
  assertEquals(blind?.now?.says, "passes");
  assertStringIncludes(blind?.unnoticed ?? "", "test.sh");
  const without = await planRun(bench.app, runInput(bench), options);
  assertEquals(without.criteria[0]!.checks.map((one) => one.unnoticed), [
    undefined,
    undefined,
    undefined,
  ]);
});
