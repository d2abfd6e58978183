/**
 * `config_set_program.ts HOME STEP`: sets run.attempts to 5, and kills itself before its STEP-th
 * step on the disk, the way a power cut would; ends by itself when there are fewer.
 */
import { setConfig } from "../../lib/app/config/config_set.ts";
import { fixedEnvironment } from "../../lib/config/environment.ts";
import { resolvePaths } from "../../lib/config/paths.ts";
import { createRegistry } from "../../lib/runtimes/mod.ts";
import { systemRandom } from "../../lib/system/system_random.ts";
import { madeUpRuntime } from "./made_up_runtime.ts";

const [home = "", stop] = Deno.args;
const environment = fixedEnvironment({ HOME: home });
let steps = 0;
await setConfig(
  {
    environment,
    paths: resolvePaths(environment),
    registry: createRegistry([madeUpRuntime("alpha")]),
    random: systemRandom,
    redact: (text) => text,
  },
  { key: "run.attempts", value: "5" },
  {
    dryRun: false,
    onStep: () => {
      if (++steps === Number(stop)) Deno.kill(Deno.pid, "SIGKILL");
    },
  },
);
