import { assertEquals } from "@std/assert";
import { admissionOf } from "../../../lib/checks/admission.ts";
import { checkTree } from "../../../lib/checks/check_tree.ts";
import { checkBench, commandCheck } from "../../helpers/check_bench.ts";
import type { FakeFiles } from "../../helpers/fake_workspace.ts";

/** What a check says of files that are those of the base too. */
async function runOn(run: string, files: FakeFiles = {}, protect: string[] = []) {
  await using bench = await checkBench();
  const options = bench.options(files);
  const [one] = await checkTree([commandCheck(run, { protect })], options.base, options);
  return one!;
}

Deno.test("a check that is killed has said nothing; on the base it may be what is to be mended", async () => {
  const run = await runOn("kill -KILL $$");
  assertEquals([run.verdict, run.cannotRun?.kind, run.exit], ["cannot_run", "killed", null]);
  assertEquals(admissionOf({ preserve: false }, run), "can_decide");
  assertEquals(admissionOf({ preserve: true }, run), "cannot_run");
  // What the command itself started and says of it, is its answer; so is another signal.
  for (const command of ["sh -c 'kill -KILL $$'; exit $?", "kill -SEGV $$"]) {
    assertEquals((await runOn(command)).verdict, "fail", command);
  }
});

Deno.test("a protected script that is not executable cannot run; one that the work can mend fails", async () => {
  const files = { "tests/t.sh": "true\n", "tests/ok.sh": { text: "exit 126\n", mode: 0o755 } };
  const run = await runOn("tests/t.sh", files, ["tests"]);
  assertEquals([run.verdict, run.line], [
    "cannot_run",
    'Could not run: "tests/t.sh" is not executable, and protected',
  ]);
  assertEquals((await runOn("tests/t.sh", files)).verdict, "fail");
  assertEquals((await runOn("tests/ok.sh", files, ["tests"])).verdict, "fail");
  const said = "echo 'tests/t.sh: Permission denied'; exit 1";
  assertEquals((await runOn(said, files, ["tests"])).verdict, "fail");
});

Deno.test("a silent curl that finds no host cannot run; a server that the work may write is its answer", async () => {
  // A stand-in on PATH: nothing here goes to a network.
  const bin = { "curl": { text: "#!/bin/sh\nexit 7\n", mode: 0o755 } };
  const said = async (run: string) => {
    await using bench = await checkBench();
    const options = bench.options(bin);
    const [one] = await checkTree([commandCheck(run)], options.base, {
      ...options,
      surroundings: { ...options.surroundings, path: `.:${options.surroundings.path}` },
    });
    return [one!.verdict, one!.cannotRun?.what];
  };
  assertEquals(await said("curl -sf https://nope.invalid/x"), ["cannot_run", "nope.invalid:443"]);
  assertEquals(await said("curl -sf 'http://127.0.0.1:5432/'"), ["cannot_run", "127.0.0.1:5432"]);
  for (
    const run of [
      "curl -sf http://127.0.0.1:8080/x",
      "curl -sf http://localhost",
      "curl -sf http://$HOST/",
      "sh serve.sh; curl -sf https://nope.invalid/x",
      "curl -sf x",
    ]
  ) assertEquals(await said(run), ["fail", undefined], run);
});
