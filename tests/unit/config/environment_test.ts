import { assert, assertEquals } from "@std/assert";
import {
  fixedEnvironment,
  forwardedEnvNames,
  OWN_ENV_NAMES,
  readableEnvNames,
  readEnvironment,
} from "../../../lib/config/environment.ts";
import { CHAIN_NAME, DEPTH_NAME } from "../../../lib/process/depth.ts";
import { MARKER_NAME } from "../../../lib/process/marker.ts";
import { createRegistry } from "../../../lib/runtimes/mod.ts";
import { madeUpRuntime } from "../../helpers/made_up_runtime.ts";

const ENTRY = new URL("../../../lib/config/environment.ts", import.meta.url).href;

/** What a program with these permissions and exactly this environment prints. */
async function printed(
  code: string,
  env: Record<string, string>,
  flags: string[],
): Promise<unknown> {
  const program = `import { readEnvironment } from ${JSON.stringify(ENTRY)};
    console.log(JSON.stringify(${code}));`;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, program);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-check", "--no-config", "-q", ...flags, file],
      env: { PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "", ...env },
      clearEnv: true,
    }).output();
    const text = new TextDecoder().decode(stdout);
    return text === "" ? new TextDecoder().decode(stderr) : JSON.parse(text);
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("blank and unset are the same to a setting, not to a child", () => {
  const environment = fixedEnvironment({ A: "1", B: "  ", OURO_X: "x", OURO_Y: "" });
  assertEquals(environment.get("A"), "1");
  assertEquals(environment.get("B"), undefined);
  assertEquals(environment.get("toString"), undefined);
  assertEquals(environment.pick(["A", "OURO_*", "MISSING"]), { A: "1", OURO_X: "x", OURO_Y: "" });
});

Deno.test("the real environment follows the same rules", () => {
  const name = "OUROBOROS_TEST_OF_ENVIRONMENT";
  Deno.env.set(name, "1");
  Deno.env.set(`${name}_B`, "");
  try {
    const environment = readEnvironment();
    assertEquals(environment.get(name), "1");
    assertEquals(environment.get(`${name}_B`), undefined);
    assertEquals(environment.pick([`${name}*`]), { [name]: "1", [`${name}_B`]: "" });
    assertEquals(environment.pick([`${name}_B`, `${name}_C`]), { [`${name}_B`]: "" });
    assertEquals(environment.get("a=b"), undefined);
  } finally {
    Deno.env.delete(name);
    Deno.env.delete(`${name}_B`);
  }
});

Deno.test("with the permissions of the compiled program, names outside the list are not there", async () => {
  const env = { OUROBOROS_A: "1", OUROBOROS_B: "2", AWS_SECRET_ACCESS_KEY: "s" };
  const seen = await printed(
    `[readEnvironment().get("AWS_SECRET_ACCESS_KEY") ?? null,
      readEnvironment().pick(["OUROBOROS_*", "AWS_*"])]`,
    env,
    [`--allow-env=${OWN_ENV_NAMES.join(",")}`, "--ignore-env"],
  );
  assertEquals(seen, [null, { OUROBOROS_A: "1", OUROBOROS_B: "2" }]);
});

Deno.test("a withheld permission reads as unset, without a throw", async () => {
  const seen = await printed(
    `[readEnvironment().get("SECRET") ?? null, readEnvironment().pick(["SECRET", "S*", "HOME"])]`,
    { SECRET: "s", HOME: "/h" },
    ["--allow-env=HOME"],
  );
  assertEquals(seen, [null, { HOME: "/h" }]);
});

Deno.test({
  name: "a value that is not Unicode reads as unset",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const file = await Deno.makeTempFile({ suffix: ".ts" });
    try {
      await Deno.writeTextFile(
        file,
        `import { readEnvironment } from ${JSON.stringify(ENTRY)};
        const e = readEnvironment();
        console.log(JSON.stringify([e.get("BAD") ?? null, e.pick(["BAD", "GOO*"])]));`,
      );
      const { stdout } = await new Deno.Command("sh", {
        args: [
          "-c",
          `BAD=$(printf '/\\377') GOOD=é exec "$0" run -A --no-check --no-config -q "$1"`,
          Deno.execPath(),
          file,
        ],
      }).output();
      assertEquals(JSON.parse(new TextDecoder().decode(stdout)), [null, { GOOD: "é" }]);
    } finally {
      await Deno.remove(file);
    }
  },
});

Deno.test("a runtime's names and the toolchains' join the list of readable names", () => {
  const registry = createRegistry([
    madeUpRuntime("made", { env: { pass: ["HOME", "PATH", "MADE_URL"], withhold: [] } }),
  ]);
  const names = readableEnvNames(registry, ["CARGO_HOME"]);
  for (const name of ["MADE_URL", "MADE_KEY", "CARGO_HOME", "OUROBOROS_*", "HOME"]) {
    assertEquals(names.filter((one) => one === name), [name]);
  }
  assertEquals(names, names.toSorted());
});

Deno.test("a variable that holds its own placeholder is not set, for a setting and for a child", async () => {
  const values = { HERMES_HOME: "${HERMES_HOME}", LANG: "${LANGUAGE}", CI: "x" };
  const environment = fixedEnvironment(values);
  assertEquals(environment.get("HERMES_HOME"), undefined);
  assertEquals(environment.pick(["HERMES_HOME", "LANG", "CI"]), { LANG: "${LANGUAGE}", CI: "x" });
  const real = `[readEnvironment().get("HERMES_HOME") ?? null,
    readEnvironment().pick(["HERMES_HOME", "LANG", "C*"])]`;
  assertEquals(await printed(real, values, ["--allow-env"]), [null, {
    LANG: "${LANGUAGE}",
    CI: "x",
  }]);
});

Deno.test("a host hands on whole names: the chain's and every runtime's, none that is withheld", () => {
  const registry = createRegistry([
    madeUpRuntime("ants", {
      env: { pass: ["HOME", "PATH", "ANTS_FOOD", "ANTS_*", "TEMP"], withhold: ["ANTS_ID"] },
    }),
    madeUpRuntime("bees", { env: { pass: ["HOME", "PATH", "ANTS_ID"], withhold: [] } }),
  ]);
  const names = forwardedEnvNames(registry, "linux");
  assertEquals(names, [
    "ANTS_FOOD",
    "ANTS_KEY",
    "BEES_KEY",
    "HOME",
    "OUROBOROS_HOME",
    "PATH",
    CHAIN_NAME,
    DEPTH_NAME,
    MARKER_NAME,
  ]);
  assert(forwardedEnvNames(registry, "windows").includes("TEMP"));
});
