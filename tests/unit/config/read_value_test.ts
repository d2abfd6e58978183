import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { configKeys } from "../../../lib/config/config_keys.ts";
import { readConfigValue } from "../../../lib/config/read_value.ts";
import { createRegistry } from "../../../lib/runtimes/mod.ts";
import { madeUpRuntime } from "../../helpers/made_up_runtime.ts";

const KEYS = configKeys(createRegistry([madeUpRuntime("alpha"), madeUpRuntime("beta")]));

function read(name: string, text: string) {
  const key = KEYS.find((one) => one.name === name);
  assert(key, name);
  return readConfigValue(key, text);
}

Deno.test("a word becomes what the schema wants of its key", () => {
  const cases: [string, string, unknown][] = [
    ["run.attempts", "5", 5],
    ["run.attempts", " 5 ", 5],
    ["run.minutes", "0.5", 0.5],
    ["limits.idle", "90s", "90s"],
    ["limits.idle", "120", 120],
    ["run.permission", "full", "full"],
    ["run.permission", "acceptEdits", "acceptEdits"],
    ["orchestrator.runtime_backend", "beta", "beta"],
    ["orchestrator.alpha_cli_path", "~/bin/alpha", "~/bin/alpha"],
    ["runtimes.alpha.model", "large-2", "large-2"],
    ["runtimes.alpha.model", "provider/large: 2", "provider/large: 2"],
    // Text for a key of text, whatever YAML would make of it.
    ["runtimes.alpha.model", "4.1", "4.1"],
    ["runtimes.alpha.model", "true", "true"],
    ["runtimes.alpha.model", "[a]", "[a]"],
    ["runtimes.alpha.model", "{", "{"],
    ["runtimes.alpha.model", "x #y", "x #y"],
    ["runtimes.alpha.model", "# x", "# x"],
    ["runtimes.alpha.model", "&x", "&x"],
    ["runtimes.alpha.model", '"a" ', '"a" '],
    ["orchestrator.alpha_cli_path", "/opt/a #1/alpha", "/opt/a #1/alpha"],
    ["env.pass", "A,B_*", ["A", "B_*"]],
    ["env.pass", " A , B ", ["A", "B"]],
    ["env.pass", "A", ["A"]],
    ["env.pass", "[A, B]", ["A", "B"]],
    ["env.pass", "[]", []],
    ["env.pass", "{agents: [A], checks: []}", { agents: ["A"], checks: [] }],
    ["env.pass.agents", "A,B", ["A", "B"]],
  ];
  for (const [name, text, value] of cases) {
    assertEquals(read(name, text), { ok: true, value } as unknown, `${name} ${text}`);
  }
});

Deno.test("what does not fit is told by what must be so", () => {
  const cases: [string, string, string][] = [
    ["run.attempts", "many", "must be a number, is text"],
    ["run.attempts", "0", "must be at least 1"],
    ["run.attempts", "21", "must be at most 20"],
    ["run.attempts", "1.5", "must be a whole number"],
    ["run.attempts", "[1]", "is a list"],
    ["run.attempts", "# 1", "must be a number, is text"],
    ["run.minutes", "0", "must be at least 0.01"],
    ["limits.idle", "soon", "must be a duration"],
    ["limits.idle", "0s", "must be more than 0"],
    ["run.permission", "all", 'must be "read" or "edit" or "full"'],
    ["orchestrator.runtime_backend", "alpah", 'must be "alpha" or "beta"'],
    ["orchestrator.alpha_cli_path", "./alpha", "must be an absolute path"],
    ["runtimes.alpha.model", "", "must not be empty"],
    ["runtimes.alpha.model", "null", "must not be empty"],
    ["runtimes.alpha.model", "~", "must not be empty"],
    ["runtimes.alpha.model", "a\nb", "must be one line"],
    ["env.pass", "A B", "must be the name of a variable"],
    ["env.pass", "*", "must be the name of a variable"],
    ["env.pass", "{agents: A}", "must be a list"],
    ["version", "2", "must be 1"],
  ];
  for (const [name, text, problem] of cases) {
    const result = read(name, text);
    assert(!result.ok, `${name} ${text}`);
    assertStringIncludes(result.problem, problem, `${name} ${text}`);
  }
});

Deno.test("names stand in env.pass, never values, and a value is not said again", () => {
  // Put together here: no file of this program holds anything that looks like a key.
  const secrets = [
    `${"sk"}_live_0000`,
    `${"gh"}p_0123456789abcdef`,
    "a1B2c3D4e5F6g7H8i9J0k1L2m3",
    `API_KEY=${"sk"}-123`,
    "two words",
  ];
  for (const name of ["env.pass", "env.pass.agents"]) {
    for (const secret of secrets) {
      const text = [secret, `GOOD,${secret}`, `[${JSON.stringify(secret)}]`];
      for (const one of text) {
        const result = read(name, one);
        assert(!result.ok, one);
        assert(!result.problem.includes(secret.slice(-6)), result.problem);
      }
    }
  }
  const whole = read("env.pass", `{agents: [${secrets[0]}]}`);
  assert(!whole.ok);
  for (
    const name of ["OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "NPM_TOKEN", "MY_VERY_LONG_NAME_2"]
  ) {
    assertEquals(read("env.pass", name).ok, true, name);
  }
});
