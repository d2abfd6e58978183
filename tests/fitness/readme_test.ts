/** The README says what the program is, not what it was. */
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parse } from "@std/yaml";
import { withCapabilities } from "../../.ci/readme.ts";
import { openConfigFile } from "../../lib/app/config/config_file.ts";
import { readConfig } from "../../lib/app/read_config.ts";
import { COMMANDS } from "../../lib/cli/commands.ts";
import { configKeys } from "../../lib/config/config_keys.ts";
import { fixedEnvironment } from "../../lib/config/environment.ts";
import { loadConfig } from "../../lib/config/load_config.ts";
import { OuroborosError } from "../../lib/kernel/error.ts";
import { EXIT } from "../../lib/kernel/exit_code.ts";
import { REGISTRY } from "../../lib/runtimes/mod.ts";
import { configHome } from "../helpers/config_home.ts";

const README = await Deno.readTextFile(new URL("../../README.md", import.meta.url));

Deno.test("the README's capability table is the registry's (else: deno run -A .ci/readme.ts)", () => {
  // The formatter widens columns and breaks lines; the words are what counts, table by table.
  const words = (text: string) => text.replaceAll(/[\s|-]+/g, " ").split(/(?<=[.*`]) (?=[*`A-Z])/);
  assertEquals(words(README), words(withCapabilities(README)));
});

Deno.test("the README names every exit code, and no other", () => {
  const named = [...README.matchAll(/^\| (\d+) +\| /gm)].map((match) => Number(match[1]));
  assertEquals(named, Object.values(EXIT).toSorted((a, b) => a - b));
});

Deno.test("the README says which commands end how where the configuration file is wrong", async () => {
  await using home = await configHome("run: { attempts: 99 }\n");
  const { app } = home;
  const told = await assertRejects(() => openConfigFile(app), OuroborosError);
  assertStringIncludes(rowOf(told.exitCode), "`config`, `setup`: also when the configuration file");
  const ran = await assertRejects(() => readConfig(app), OuroborosError);
  assertStringIncludes(rowOf(ran.exitCode), "`run`, `runtimes`: also the configuration file");
});

/** What the table says of an exit code. */
function rowOf(code: number): string {
  return new RegExp(`^\\| ${code} +\\| (.*)$`, "m").exec(README)?.[1] ?? "";
}

Deno.test("every command that the README types exists", () => {
  const typed = [...README.matchAll(/\bouroboros ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/g)];
  const words = typed.filter(([all]) => !/ouroboros (is|lets|itself|keeps|has)\b/.test(all));
  assert(words.length > 10);
  const names = COMMANDS.map((command) => command.name);
  for (const [all, one = "", two = ""] of words) {
    assert(names.includes(one) || names.includes(`${one} ${two}`), `README: "${all}"`);
  }
});

Deno.test("the README's configuration is valid, and names every key there is", () => {
  const text = /## Configuration\n[\s\S]*?```yaml\n([\s\S]*?)```/.exec(README)?.[1] ?? "";
  const loaded = loadConfig({
    file: "README.md",
    text,
    registry: REGISTRY,
    environment: fixedEnvironment({}),
  });
  assertEquals(loaded.warnings, []);
  const shown = leaves(parse(text)).map((path) => general(path));
  const keys = configKeys(REGISTRY)
    .filter((key) => !key.deprecated && !["version", "env.pass"].includes(key.name))
    .map((key) => general(key.name));
  assertEquals([...new Set(shown)].toSorted(), [...new Set(keys)].toSorted());
});

/** Names of all values of a document: "run.minutes". */
function leaves(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, one]) =>
    leaves(one, path === "" ? key : `${path}.${key}`)
  );
}

/** The key with the agent's id taken out: each has the same. */
function general(key: string): string {
  return REGISTRY.ids.reduce(
    (name, id) => name.replace(`runtimes.${id}.`, "runtimes.ID.").replace(`${id}_cli`, "ID_cli"),
    key,
  );
}
