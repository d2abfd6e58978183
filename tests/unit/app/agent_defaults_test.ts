import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { agentDefaults } from "../../../lib/app/agent_defaults.ts";
import { fixedEnvironment } from "../../../lib/config/environment.ts";
import { resolvePaths } from "../../../lib/config/paths.ts";
import type { RuntimeDefinition } from "../../../lib/runtimes/mod.ts";
import { madeUpPlacement } from "../../helpers/made_up_runtime.ts";
import { tempDir } from "../../helpers/temp_dir.ts";

const DEFINITION: Pick<RuntimeDefinition, "env" | "placement"> = {
  placement: madeUpPlacement("smith"),
  env: {
    pass: ["SMITH_AGAIN"],
    withhold: [],
    defaults: [{
      name: "SMITH_AGAIN",
      value: "0",
      unless: { file: "config", match: /^again: (?!auto)/m },
    }],
  },
};

const defaultsFor = async (env: Record<string, string>) => {
  const environment = fixedEnvironment(env);
  return await agentDefaults({ environment, paths: resolvePaths(environment) }, DEFINITION);
};

Deno.test("a worker's default stands back behind the user's variable and their file", async () => {
  await using dir = await tempDir();
  const home = dir.path;
  assertEquals(await defaultsFor({ HOME: home }), { SMITH_AGAIN: "0" });
  for (const own of ["1", "0"]) {
    assertEquals(await defaultsFor({ HOME: home, SMITH_AGAIN: own }), {});
  }
  await Deno.mkdir(join(home, ".smith"));
  await Deno.writeTextFile(join(home, ".smith", "config"), "again: auto\n");
  assertEquals(await defaultsFor({ HOME: home }), { SMITH_AGAIN: "0" });
  await Deno.writeTextFile(join(home, ".smith", "config"), "other: 1\nagain: yes\n");
  assertEquals(await defaultsFor({ HOME: home }), {});
  // A home that was moved is looked at in its place.
  assertEquals(await defaultsFor({ HOME: home, SMITH_HOME: join(home, "x") }), {
    SMITH_AGAIN: "0",
  });
});
