import { assertEquals, assertStringIncludes } from "@std/assert";
import { refreshHosts } from "../../../../lib/app/update/refresh_hosts.ts";
import { setupApp } from "../../../helpers/setup_app.ts";

/** A new program that writes down what it is asked, and ends as it is told. */
async function newProgram(home: string, end: string): Promise<string> {
  const path = `${home}/new`;
  await Deno.writeTextFile(path, `#!/bin/sh\necho "$@" > "$HOME/asked"\n${end}\n`);
  await Deno.chmod(path, 0o755);
  return path;
}

Deno.test("the new program sets up what is on record, and the configured runtime stays", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["bee", "ant"] });
  const program = await newProgram(bench.home, "echo Set up; echo the plan >&2");
  assertEquals(await refreshHosts(bench.app, program, undefined), {
    ok: true,
    hosts: ["ant", "bee"],
    command: "ouroboros setup --runtime ant,bee --yes --keep-backend",
    said: "Set up",
  });
  assertEquals(await bench.read("asked"), "setup --runtime ant,bee --yes --keep-backend\n");
});

Deno.test("where nothing is on record the new program is not asked", async () => {
  await using bench = await setupApp();
  const program = await newProgram(bench.home, "exit 0");
  assertEquals(await refreshHosts(bench.app, program, undefined), undefined);
  assertEquals(await Deno.lstat(`${bench.home}/asked`).catch(() => null), null);
});

Deno.test("a failure is told by its error, not by the plan before it", async () => {
  await using bench = await setupApp();
  await bench.setup({ names: ["ant"] });
  const end = "echo the plan >&2; echo 'Error: Write it: no' >&2; echo '  Try: again' >&2; exit 1";
  const found = await refreshHosts(bench.app, await newProgram(bench.home, end), undefined);
  assertEquals([found?.ok, found?.said], [false, "Write it: no\n  Try: again"]);
});

Deno.test("a receipt that cannot be read is told, and nothing is thrown", async () => {
  await using bench = await setupApp();
  await bench.write(".ouroboros/install.json", '{"version": 9}');
  const found = await refreshHosts(bench.app, "/nowhere", undefined);
  assertEquals(found?.ok, false);
  assertStringIncludes(found?.said ?? "", "install.json");
});
