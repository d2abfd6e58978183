import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { z } from "zod";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import type { ConfigFlags } from "../../../lib/config/config.ts";
import { fixedEnvironment } from "../../../lib/config/environment.ts";
import { loadConfig } from "../../../lib/config/load_config.ts";
import { configSchema } from "../../../lib/config/schema.ts";
import { createRegistry } from "../../../lib/runtimes/mod.ts";
import { madeUpRuntime } from "../../helpers/made_up_runtime.ts";

const registry = createRegistry([
  madeUpRuntime("alpha", {
    aliases: ["alpha_cli"],
    complete: {
      invoke: () => ({ args: [], env: {}, files: {} }),
      takesSchema: () => false,
      reads: false,
      confinement: "none",
    },
  }),
  madeUpRuntime("beta-max"),
]);
const FILE = "/home/ada/.ouroboros/config.yaml";

function load(text: string | null, env: Record<string, string> = {}, flags: ConfigFlags = {}) {
  return loadConfig({
    text,
    file: FILE,
    registry,
    environment: fixedEnvironment({ HOME: "/home/ada", ...env }),
    flags,
  });
}

function refusal(text: string | null, env: Record<string, string> = {}, flags: ConfigFlags = {}) {
  return assertThrows(() => load(text, env, flags), OuroborosError);
}

Deno.test("without file, variables and flags everything has its default", () => {
  for (const text of [null, "", "\n# nothing\n", "\ufeff", "orchestrator:\nrun:\n"]) {
    const { config, origins, warnings, inert } = load(text);
    assertEquals(config.runtime, null);
    assertEquals(config.run, {
      attempts: 3,
      minutes: 60,
      maxTokens: null,
      maxUsd: null,
      jobs: 1,
      waitMs: 3_600_000,
    });
    assertEquals(config.env, { agents: [], checks: [] });
    assertEquals(Object.keys(config.runtimes), ["alpha", "beta-max"]);
    assertEquals(config.runtimes.alpha?.permission, "edit");
    assertEquals(config.runtimes.alpha?.limits, registry.require("alpha").limits);
    assertEquals(new Set(Object.values(origins).map((one) => one.source)), new Set(["default"]));
    assertEquals([warnings, inert], [[], []]);
  }
});

Deno.test("one rule decides every setting: flag, environment, file, default", () => {
  const text = `
orchestrator: {runtime_backend: alpha, alpha_cli_path: ~/bin/alpha}
run: {attempts: 5, minutes: 30, max_tokens: 1000, permission: read}
runtimes: {alpha: {model: from-file}}
`;
  const env = {
    OUROBOROS_RUNTIME: "beta-max",
    OUROBOROS_RUN_ATTEMPTS: "6",
    OUROBOROS_RUN_MAX_TOKENS: "2000",
    OUROBOROS_ALPHA_CLI_PATH: "/opt/alpha",
    OUROBOROS_ALPHA_MODEL: "from-env",
    OUROBOROS_PERMISSION: "edit",
  };
  const flags = { runtime: "ALPHA_CLI", attempts: 7, model: "from-flag", permission: "full" };
  const pick = (loaded: ReturnType<typeof load>) => ({
    runtime: loaded.config.runtime,
    attempts: loaded.config.run.attempts,
    minutes: loaded.config.run.minutes,
    maxTokens: loaded.config.run.maxTokens,
    path: loaded.config.runtimes.alpha?.path,
    model: loaded.config.runtimes.alpha?.model,
    permission: loaded.config.runtimes.alpha?.permission,
  });
  assertEquals(pick(load(text)), {
    runtime: "alpha",
    attempts: 5,
    minutes: 30,
    maxTokens: 1000,
    path: "/home/ada/bin/alpha",
    model: "from-file",
    permission: "read",
  });
  assertEquals(pick(load(text, env)), {
    runtime: "beta-max",
    attempts: 6,
    minutes: 30,
    maxTokens: 2000,
    path: "/opt/alpha",
    model: "from-env",
    permission: "edit",
  });
  const all = load(text, env, flags);
  assertEquals(pick(all), {
    runtime: "alpha",
    attempts: 7,
    minutes: 30,
    maxTokens: 2000,
    path: "/opt/alpha",
    model: "from-flag",
    permission: "full",
  });
  assertEquals(all.origins.runtime, { source: "flag", name: "--runtime" });
  assertEquals(all.origins["run.max_tokens"], {
    source: "environment",
    name: "OUROBOROS_RUN_MAX_TOKENS",
  });
  assertEquals(all.origins["run.minutes"], { source: "file", name: "run.minutes" });
  assertEquals(all.origins["runtimes.beta-max.model"], { source: "default", name: "" });
});

Deno.test("a flag for the working runtime does not reach the others", () => {
  const { config } = load(null, {}, { runtime: "alpha", model: "m", permission: "full" });
  assertEquals(config.runtimes["beta-max"], {
    ...config.runtimes["beta-max"]!,
    model: null,
    permission: "edit",
  });
  // While none is chosen, it is for whichever will be.
  assertEquals(load(null, {}, { model: "m" }).config.runtimes["beta-max"]?.model, "m");
});

Deno.test("blank variables count as unset", () => {
  const { config } = load("run: {attempts: 4}", {
    OUROBOROS_RUN_ATTEMPTS: " ",
    OUROBOROS_RUNTIME: "",
  });
  assertEquals([config.run.attempts, config.runtime], [4, null]);
});

Deno.test("limits: a runtime's own, then those for all, then its definition's", () => {
  const { config, origins } = load(`
limits: {idle: 5m}
runtimes: {alpha: {limits: {idle: 90s, total: 1800, output_bytes: 4096}}}
`);
  const own = registry.require("alpha").limits;
  assertEquals(config.runtimes.alpha?.limits, {
    ...own,
    idleMs: 90_000,
    totalMs: 1_800_000,
    outputBytes: 4096,
  });
  assertEquals(config.runtimes["beta-max"]?.limits, { ...own, idleMs: 300_000 });
  assertEquals(origins["runtimes.alpha.limits.idle"]?.name, "runtimes.alpha.limits.idle");
});

Deno.test("names to hand on are listed for agents, checks or both, flags added", () => {
  assertEquals(load("env: {pass: [A, B_*]}").config.env, {
    agents: ["A", "B_*"],
    checks: ["A", "B_*"],
  });
  assertEquals(load("env: {pass: {agents: [A]}}", {}, { env: ["C", "A"] }).config.env, {
    agents: ["A", "C"],
    checks: ["C", "A"],
  });
  for (const name of ["*", "A=b", "", "_OUROBOROS_DEPTH", "A B"]) {
    assertEquals(refusal(null, {}, { env: [name] }).code, "usage", name);
    assertEquals(refusal(`env: {pass: [${JSON.stringify(name)}]}`).code, "config_invalid", name);
  }
});

Deno.test("the original's file loads: settings translated, the rest kept and named", () => {
  const { config, warnings, inert } = load(`
orchestrator:
  runtime_backend: alpha
  permission_mode: acceptEdits
  beta-max_permission_mode: bypassPermissions
  cli_path: null
  alpha_cli_path: null
  default_max_turns: 10
  use_worktrees: true
llm: {backend: claude_code, qa_model: x}
economics: {default_tier: frugal, tiers: {frugal: {cost_factor: 1}}}
clarification: {ambiguity_threshold: 0.2}
logging: {level: info}
`);
  assertEquals(config.runtime, "alpha");
  assertEquals(config.runtimes.alpha?.permission, "edit");
  // Nobody chose the original's shipped default, so it does not lift every limit.
  assertEquals(config.runtimes["beta-max"]?.permission, "edit");
  assertEquals(warnings.map((one) => one.path), ["llm.backend", "runtimes.beta-max.permission"]);
  assertStringIncludes(warnings[1]!.message, '"full"');
  assertEquals(inert, [
    "clarification",
    "economics",
    "llm.qa_model",
    "logging",
    "orchestrator.cli_path",
    "orchestrator.default_max_turns",
    "orchestrator.use_worktrees",
  ]);
});

Deno.test("who answers questions is a runtime, or the one that works where the word is none", () => {
  assertEquals(load("llm: {backend: alpha_cli}").config.llm.backend, "alpha");
  assertEquals(load("llm: {qa_model: x}").config.llm.backend, null);
  const other = load("llm: {backend: litellm}");
  assertEquals(other.config.llm.backend, null);
  assertEquals(other.warnings.map((one) => one.path), ["llm.backend"]);
  assertStringIncludes(other.warnings[0]!.message, '"litellm" is no runtime here');
  const set = load("llm: {backend: litellm}", { OUROBOROS_LLM_BACKEND: "alpha" });
  assertEquals([set.config.llm.backend, set.warnings.length], ["alpha", 0]);
  const [mute] = load("llm: {backend: beta-max}").warnings;
  assertEquals(mute?.path, "llm.backend");
  assertStringIncludes(mute!.message, "The beta-max agent works on runs and answers no questions");
});

Deno.test("an old permission word in a variable is said once, whatever it speaks for", () => {
  const { config, warnings } = load(null, { OUROBOROS_AGENT_PERMISSION_MODE: "bypassPermissions" });
  assertEquals(config.runtimes.alpha?.permission, "edit");
  assertEquals(warnings.map((one) => one.path), ["OUROBOROS_AGENT_PERMISSION_MODE"]);
});

Deno.test("unknown keys are warned about at every level, with the nearest name", () => {
  const { warnings } = load(`
orchestrater: {}
orchestrator: {runtime_backnd: x, gamma_cli_path: /x}
runtimes: {alpah: {}, alpha: {modle: x, limits: {idel: 1}}}
run: {atempts: 1}
limits: {totl: 1}
env: {passs: [], pass: {agent: []}}
`);
  const near = warnings.map((one) => [one.path, /"(.*)"/.exec(one.message)?.[1] ?? null]);
  assertEquals(near, [
    ["orchestrater", "orchestrator"],
    ["orchestrator.runtime_backnd", "runtime_backend"],
    ["orchestrator.gamma_cli_path", "alpha_cli_path"],
    ["runtimes.alpah", "alpha"],
    ["runtimes.alpha.modle", "model"],
    ["runtimes.alpha.limits.idel", "idle"],
    ["run.atempts", "attempts"],
    ["limits.totl", "total"],
    ["env.passs", "pass"],
    ["env.pass.agent", "agents"],
  ]);
});

Deno.test("a file that cannot be used names itself, the key and what must be so", () => {
  const cases: [string, string][] = [
    ["- a\n", "must be a mapping (key: value), is a list"],
    ["just text\n", "is text"],
    ["run: {attempts: 0}\n", "run.attempts: must be at least 1"],
    ["run: {attempts: many, minutes: -1}\n", "2 problems"],
    ["run:\r\n  attempts: x\r\n", "run.attempts: must be a number, is text"],
    ["a: [1\n", "at line 2, column 1"],
    ["run: {}\nrun: {}\n", "duplicated key at line 2"],
    ["version: 2\n", "version: must be at most 1, is 2"],
    ["runtimes: {alpha: {path: ./x}}\n", "runtimes.alpha.path: must be an absolute path"],
    ["orchestrator: {alpha_cli_path: 3}\n", "orchestrator.alpha_cli_path: must be text"],
    ["limits: {idle: soon}\n", "limits.idle: must be a duration"],
    ["run: {permission: all}\n", 'run.permission: must be "read" or "edit" or "full"'],
    ["a: &a [*a]\n", "circular structure"],
    ["run:\n\tminutes: 3\n", "line 2 begins with a tab"],
  ];
  for (const [text, message] of cases) {
    const error = refusal(text);
    assertEquals(error.code, "config_invalid", text);
    assertStringIncludes(error.message, FILE, text);
    assertStringIncludes(error.message, message, text);
  }
});

Deno.test("an unknown runtime is told with the nearest, wherever it was named", () => {
  const file = refusal("orchestrator: {runtime: alhpa}\n");
  assertEquals(file.code, "config_invalid");
  assertStringIncludes(file.message, "orchestrator.runtime");
  assertStringIncludes(file.hint ?? "", '"alpha"');
  const variable = refusal(null, { OUROBOROS_AGENT_RUNTIME: "alhpa" });
  assertEquals(variable.code, "config_invalid");
  assertStringIncludes(variable.message, 'OUROBOROS_AGENT_RUNTIME: unknown runtime "alhpa"');
  assertStringIncludes(variable.hint ?? "", '"alpha"');
  const flag = refusal(null, {}, { runtime: "alhpa" });
  assertEquals(flag.code, "unknown_runtime");
  assertStringIncludes(flag.hint ?? "", '"alpha"');
});

Deno.test("a bad flag or variable is told by its name", () => {
  const flag = refusal(null, {}, { attempts: 0 });
  assertEquals([flag.code, flag.message], [
    "usage",
    'Cannot use --attempts: must be a whole number from 1 to 20, is "0"',
  ]);
  assertStringIncludes(
    refusal(null, { OUROBOROS_RUN_MINUTES: "soon" }).message,
    "OUROBOROS_RUN_MINUTES",
  );
  assertStringIncludes(refusal(null, {}, { permission: "all" }).message, "--permission");
  // What a flag overrides is not looked at.
  assertEquals(load(null, { OUROBOROS_RUN_MINUTES: "soon" }, { minutes: 5 }).config.run.minutes, 5);
});

Deno.test("a made-up runtime shows up in the schema, without a line of it here", () => {
  const text = JSON.stringify(z.toJSONSchema(configSchema(registry), { io: "input" }));
  for (const name of ["alpha_cli_path", "beta-max_cli_path", '"alpha_cli"', "The beta-max agent"]) {
    assertEquals(text.includes(name), true, name);
  }
});
