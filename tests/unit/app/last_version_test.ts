import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { keepVersion, lastVersion } from "../../../lib/app/last_version.ts";
import { AGENT, appBench, openApp } from "../../helpers/app_bench.ts";

const SEED = `schema: 1
goal: A greeting
acceptance_criteria:
  - { id: hello, description: hello.txt is there, check: { run: test -e hello.txt } }
`;

Deno.test("a program is not asked again until it, or the link to it, is changed", async () => {
  await using bench = await appBench({ files: { "seed.yaml": SEED }, play: "touch hello.txt" });
  const { app } = bench;
  const program = join(bench.bin, AGENT);
  assertEquals(await lastVersion(app, program), null);
  const { runId } = (await bench.start({})).view;
  const { runtime } = (await bench.state(runId)).created;
  assertEquals(runtime.program, program);
  assertEquals(await lastVersion(app, program), runtime.version);
  assertEquals(await lastVersion(app, join(bench.bin, "other")), null);

  // The same bytes put there anew: an update may keep their times.
  const { mtime } = await Deno.stat(program);
  await Deno.copyFile(program, `${program}.new`);
  await Deno.chmod(`${program}.new`, 0o755);
  await Deno.utime(`${program}.new`, mtime!, mtime!);
  await Deno.rename(`${program}.new`, program);
  assertEquals(await lastVersion(app, program), null);

  await app.clock.sleep(20);
  keepVersion(app, program, "7.0.0");
  assertEquals(await lastVersion(app, program), "7.0.0");
  await using other = openAppOf(bench);
  assertEquals(await lastVersion(other.app, program), null, "of another process nothing is known");
  await Deno.remove(program);
  assertEquals(await lastVersion(app, program), null);
});

function openAppOf(bench: Parameters<typeof openApp>[0]) {
  const app = openApp(bench);
  return { app, [Symbol.asyncDispose]: () => app.close() };
}
