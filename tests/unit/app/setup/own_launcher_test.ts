import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ownLauncher } from "../../../../lib/app/setup/own_launcher.ts";
import { fixedEnvironment } from "../../../../lib/config/environment.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { tempDir } from "../../../helpers/temp_dir.ts";

async function launcher(self: [string, ...string[]], env: Record<string, string>, source = false) {
  return await ownLauncher({ self, environment: fixedEnvironment(env) }, { source });
}

Deno.test("a link on PATH that leads to the program is kept as a link", async () => {
  await using dir = await tempDir();
  const [cellar, bin, other] = ["cellar", "bin", "other"].map((name) => `${dir.path}/${name}`);
  for (const folder of [cellar!, bin!, other!]) await Deno.mkdir(folder);
  const file = `${cellar}/ouroboros`;
  await Deno.writeTextFile(file, "");
  await Deno.writeTextFile(`${other}/ouroboros`, "");
  await Deno.symlink("../cellar/ouroboros", `${bin}/ouroboros`);
  const serve = ["mcp", "serve"];
  // Another program of that name, earlier on PATH, is not taken for ours.
  const search = `relative:${other}:${bin}`;
  assertEquals(await launcher([file], { PATH: search }), [`${bin}/ouroboros`, ...serve]);
  // Where the file's own folder is on PATH, the file is what people start.
  assertEquals(await launcher([file], { PATH: `${bin}:${cellar}` }), [file, ...serve]);
  assertEquals(await launcher([file], { PATH: other! }), [file, ...serve]);
  assertEquals(await launcher([file], {}), [file, ...serve]);
});

Deno.test("from source it is refused with both ways out, unless the checkout is asked for", async () => {
  const self: [string, ...string[]] = ["/bin/deno", "run", "/src/main.ts"];
  const error = await assertRejects(() => launcher(self, {}), OuroborosError);
  assertStringIncludes(error.hint ?? "", "--source");
  assertStringIncludes(error.hint ?? "", "compile");
  assertEquals(await launcher(self, {}, true), [...self, "mcp", "serve"]);
  assertEquals((await launcher(self, { DENO_DIR: "/cache" }, true)).slice(0, 3), [
    "/usr/bin/env",
    "DENO_DIR=/cache",
    "/bin/deno",
  ]);
});
