import { assert, assertEquals } from "@std/assert";
import { chooseSettings } from "../../../lib/config/choose_settings.ts";
import { type ConfigKey, configKeys, nearestKeys } from "../../../lib/config/config_keys.ts";
import type { Config } from "../../../lib/config/config.ts";
import { fixedEnvironment } from "../../../lib/config/environment.ts";
import { parseConfig } from "../../../lib/config/parse_config.ts";
import { settingValue } from "../../../lib/config/setting_value.ts";
import { unknownConfigKeys } from "../../../lib/config/unknown_config_keys.ts";
import { createRegistry, REGISTRY } from "../../../lib/runtimes/mod.ts";
import { madeUpRuntime } from "../../helpers/made_up_runtime.ts";
import { sourceFiles } from "../../helpers/source_files.ts";

const KEYS = configKeys(REGISTRY);

/** A value that no default is, for every key that there can be: a key of a new kind fails here. */
function otherValue(key: ConfigKey): unknown {
  const last = key.path.at(-1)!;
  if (key.path[0] === "env") return ["SOME_NAME"];
  if (last === "runtime_backend" || last === "runtime" || last === "backend") {
    return REGISTRY.ids[1];
  }
  if (last === "path" || last.endsWith("_cli_path")) return "/opt/agent";
  const values: Record<string, unknown> = {
    attempts: 7,
    minutes: 33,
    max_tokens: 12_345,
    max_usd: 2.5,
    jobs: 4,
    wait: "6h",
    permission: "read",
    model: "some-model",
    start: "77s",
    idle: "78s",
    total: "79s",
    parallel: 6,
    output_bytes: 54_321,
  };
  assert(Object.hasOwn(values, last), `${key.name}: what else can it be?`);
  return values[last];
}

/** A document with one key. */
function documentOf(path: readonly string[], value: unknown): Record<string, unknown> {
  return path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Record<
    string,
    unknown
  >;
}

function settingsWith(document: Record<string, unknown>): Record<string, unknown> {
  const parsed = parseConfig(JSON.stringify(document), REGISTRY, "config.yaml");
  const loaded = chooseSettings(parsed, {
    file: "config.yaml",
    registry: REGISTRY,
    environment: fixedEnvironment({ HOME: "/home/ada" }),
  });
  const names = [...Object.keys(loaded.origins), "env.agents", "env.checks"];
  return Object.fromEntries(names.map((name) => [name, settingValue(loaded.config, name)]));
}

Deno.test("every key that exists does something: set alone, it changes the settings it names, and no other", () => {
  const before = settingsWith({});
  const idle = KEYS.filter((key) => key.settings.length === 0).map((key) => key.name);
  assertEquals(idle, ["version"], "a key that changes no setting must not exist");
  for (const key of KEYS) {
    if (key.name === "version") continue;
    const after = settingsWith(documentOf(key.path, otherValue(key)));
    const changed = Object.keys(after)
      .filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
    assertEquals(changed.sort(), [...key.settings].sort(), key.name);
  }
});

Deno.test("every setting is the setting of a key", () => {
  const settings = new Set(KEYS.flatMap((key) => key.settings));
  // What is part of this program has no program and no model that could be set.
  const fixed = REGISTRY.all.filter((one) => one.binary.kind === "embedded")
    .flatMap(({ id }) => [`runtimes.${id}.path`, `runtimes.${id}.model`]);
  const missing = Object.keys(settingsWith({}))
    .filter((name) => !settings.has(name) && !fixed.includes(name));
  assertEquals(missing, []);
});

Deno.test("every setting is read outside the room that chooses it", () => {
  const outside = sourceFiles("lib").filter(({ path }) =>
    !path.startsWith("lib/config/") && !path.startsWith("lib/app/config") &&
    !path.startsWith("lib/cli/commands/config")
  ).map(({ text }) => text).join("\n");
  // How the rest of the program asks for each; `Config` has no member beyond these.
  const members: Record<keyof Config | string, RegExp> = {
    runtime: /\bconfig\.runtime\b/,
    backend: /\bconfig\.llm\.backend\b/,
    attempts: /\bconfig\.run\.attempts\b/,
    minutes: /\bconfig\.run\.minutes\b/,
    max_tokens: /\bconfig\.run\.maxTokens\b/,
    max_usd: /\bconfig\.run\.maxUsd\b/,
    jobs: /\bconfig\.run\.jobs\b/,
    wait: /\bconfig\.run\.waitMs\b/,
    path: /\bconfig\.runtimes\[[^\]]+\]\??\.path\b/,
    model: /\bconfig\.runtimes\[[^\]]+\]\??\.model\b/,
    permission: /\bconfig\.runtimes\[[^\]]+\]\??\.permission\b/,
    start: /\blimits\.startMs\b/,
    idle: /\blimits\.idleMs\b/,
    total: /\blimits\.totalMs\b/,
    parallel: /\blimits\.parallel\b|\{ parallel \}/,
    output_bytes: /\blimits\.outputBytes\b/,
    agents: /\bconfig\.env\.agents\b/,
    checks: /\bconfig\.env\.checks\b/,
  };
  const asked = [...new Set(KEYS.flatMap((key) => key.settings))].map((one) =>
    one.slice(one.lastIndexOf(".") + 1)
  );
  for (const name of new Set(asked)) {
    assert(members[name], `${name}: say how it is read`);
    assert(members[name].test(outside), `${name} is read nowhere: remove the key`);
  }
});

Deno.test("each key says in one line what it does", () => {
  for (const { name, about } of KEYS) {
    assert(about.length >= 10 && about.length <= 60, `${name}: "${about}"`);
    assert(!about.endsWith("."), name);
  }
});

Deno.test("a key of the schema is never told as unknown, and a made-up runtime has its keys", () => {
  for (const key of KEYS) {
    if (key.name === "version") continue;
    const document = documentOf(key.path, otherValue(key));
    assertEquals(unknownConfigKeys(document, REGISTRY), [], key.name);
  }
  const registry = createRegistry([
    madeUpRuntime("alpha"),
    madeUpRuntime("inner", { binary: { kind: "embedded", plays: true } }),
  ]);
  const names = configKeys(registry).map((key) => key.name);
  for (const name of ["orchestrator.alpha_cli_path", "runtimes.alpha.model"]) {
    assert(names.includes(name), name);
  }
  for (const name of ["orchestrator.inner_cli_path", "runtimes.inner.path"]) {
    assert(!names.includes(name), name);
  }
});

Deno.test("a key that is not there leads to those that may have been meant", () => {
  assertEquals(nearestKeys("run.atempts", KEYS), ["run.attempts"]);
  assertEquals(nearestKeys("attempts", KEYS), ["run.attempts"]);
  assertEquals(nearestKeys("run.max-tokens", KEYS), ["run.max_tokens"]);
  assertEquals(nearestKeys("runtime", KEYS), ["orchestrator.runtime_backend"]);
  assertEquals(nearestKeys("output_bytes", KEYS).length, 4);
  assertEquals(nearestKeys("run.permision", KEYS), ["run.permission"]);
  assertEquals(nearestKeys("nothing.like_it", KEYS), []);
});
