import { assertEquals, assertRejects } from "@std/assert";
import { getConfig } from "../../../../lib/app/config/config_get.ts";
import { configPlace, listConfig } from "../../../../lib/app/config/config_list.ts";
import { configKeys } from "../../../../lib/config/config_keys.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { configHome } from "../../../helpers/config_home.ts";

const TEXT = `# a file of the Python system, with more in it
orchestrator:
  runtime_backend: alpha_code
  permission_mode: default
  worktree_root: /tmp/trees
llm: { qa_model: small }
run: { atempts: 5, minutes: 0.5 }
my_token: letmein
mine: ${"sk"}-abc123
`;

Deno.test("every key that exists is listed with its value, where that is from, and what it does", async () => {
  await using home = await configHome(TEXT, { OUROBOROS_BETA_MODEL: "large" });
  const { keys } = await listConfig(home.app);
  assertEquals(keys.map((one) => one.key), configKeys(home.app.registry).map((key) => key.name));
  const by = (name: string) => {
    const { value, source, from } = keys.find((one) => one.key === name)!;
    return [value, source, from];
  };
  assertEquals(by("run.attempts"), [3, "default", null]);
  assertEquals(by("run.minutes"), [0.5, "file", "run.minutes"]);
  assertEquals(by("orchestrator.runtime_backend"), [
    "alpha",
    "file",
    "orchestrator.runtime_backend",
  ]);
  assertEquals(by("run.permission"), ["read", "file", "orchestrator.permission_mode"]);
  assertEquals(by("runtimes.beta.permission"), ["read", "file", "orchestrator.permission_mode"]);
  assertEquals(by("runtimes.beta.model"), ["large", "environment", "OUROBOROS_BETA_MODEL"]);
  assertEquals(by("runtimes.beta.limits.idle"), ["10m", "default", null]);
  assertEquals(by("limits.idle"), [null, "default", null]);
  assertEquals(by("env.pass"), [[], "default", null]);
});

Deno.test("what is not known and what is the original's is listed apart, without what is secret", async () => {
  await using home = await configHome(TEXT);
  const { unknown, original } = await listConfig(home.app);
  assertEquals(unknown.map(({ key, value, line }) => [key, value, line]), [
    ["my_token", null, 8],
    ["mine", null, 9],
    ["run.atempts", 5, 7],
  ]);
  assertEquals(original.map(({ key, value, line }) => [key, value, line]), [
    ["llm.qa_model", "small", 6],
    ["orchestrator.permission_mode", "default", 4],
    ["orchestrator.worktree_root", "/tmp/trees", 5],
  ]);
});

Deno.test("a section is listed alone, and one that is none is told", async () => {
  await using home = await configHome(TEXT);
  const { keys, unknown, original } = await listConfig(home.app, "run");
  assertEquals(keys.map((one) => one.key), [
    "run.attempts",
    "run.minutes",
    "run.max_tokens",
    "run.max_usd",
    "run.jobs",
    "run.wait",
    "run.permission",
  ]);
  assertEquals([unknown.length, original.length], [1, 0]);
  const error = await assertRejects(() => listConfig(home.app, "rum"), OuroborosError);
  assertEquals(error.exitCode, 2);
});

Deno.test("get tells a value as it can be set again, and exits 3 where there is none", async () => {
  await using home = await configHome("limits: {total: 90}\nenv: {pass: {agents: [A]}}\n");
  const value = async (key: string) => (await getConfig(home.app, key)).value;
  assertEquals(await value("limits.total"), "90s");
  assertEquals(await value("runtimes.alpha.limits.total"), "90s");
  assertEquals(await value("env.pass"), { agents: ["A"], checks: [] });
  assertEquals(await value("env.pass.checks"), []);
  assertEquals(await value("run.permission"), "edit");
  for (const key of ["limits.idle", "orchestrator.runtime_backend", "run.max_tokens"]) {
    const error = await assertRejects(() => getConfig(home.app, key), OuroborosError);
    assertEquals(error.exitCode, 3, key);
  }
});

Deno.test("the path is told whether the file is there or not", async () => {
  await using home = await configHome(null);
  assertEquals(await configPlace(home.app), { path: home.file, exists: false, from: "HOME" });
});
