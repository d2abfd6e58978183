import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import {
  createRegistry,
  effectivePermission,
  REGISTRY,
  validateDefinition,
} from "../../../lib/runtimes/mod.ts";
import { madeUpPlacement, madeUpRuntime } from "../../helpers/made_up_runtime.ts";

const ants = madeUpRuntime("ants", {
  aliases: ["ant-hill"],
  env: { pass: ["HOME", "PATH", "ANTS_FOOD"], withhold: ["ANTS_SESSION"] },
  placement: madeUpPlacement("ants"),
  limitations: ["Slow in winter"],
});
const bees = madeUpRuntime("bees", { binary: { kind: "embedded", plays: true } });

Deno.test("registry: a runtime is found by id or alias in any letter case", () => {
  const registry = createRegistry([bees, ants]);
  assertEquals(registry.ids, ["ants", "bees"]);
  for (const name of ["ants", "ANTS", "Ant-Hill", " ants "]) {
    assertEquals(registry.find(name)?.id, "ants");
  }
  assertEquals(registry.find("wasps"), undefined);
});

Deno.test("registry: an unknown name is refused with the nearest ones", () => {
  const registry = createRegistry([ants, bees]);
  const error = assertThrows(
    () => registry.require("bess"),
    OuroborosError,
    'Unknown runtime "bess"',
  );
  assertEquals(error.code, "unknown_runtime");
  assertStringIncludes(error.hint ?? "", '"bees"');
  const lost = assertThrows(() => registry.require("zzzzzzzzzzzz"), OuroborosError);
  assertEquals(lost.hint, "Choose one of: ants, bees");
  assertEquals(registry.nearest("ant-hil"), ["ants"]);
  assertEquals(registry.nearest("x".repeat(100_000)), []);
});

Deno.test("registry: at most three names are near, the nearest first", () => {
  const registry = createRegistry(
    ["aaaa", "aaab", "aabb", "abbb", "zzzz"].map((id) => madeUpRuntime(id)),
  );
  const near = registry.nearest("aaaa");
  assertEquals(near.length, 3);
  assertEquals(near[0], "aaaa");
  assert(!near.includes("zzzz"));
});

Deno.test("registry: names of variables come from what runtimes pass, read and withhold", () => {
  const registry = createRegistry([ants, bees]);
  assertEquals(registry.allowedEnvNames(), ["ANTS_FOOD", "ANTS_HOME", "ANTS_KEY", "HOME", "PATH"]);
  assertEquals(registry.withheldEnvNames(), ["ANTS_SESSION"]);
});

Deno.test("registry: only programs of their own have a path in the configuration", () => {
  assertEquals(createRegistry([ants, bees]).configKeys(), ["ants_cli_path"]);
});

Deno.test("registry: two runtimes cannot claim one name", () => {
  const thief = madeUpRuntime("thief", { aliases: ["ANTS"] });
  assertThrows(() => createRegistry([ants, thief]), OuroborosError, 'the name "ANTS" is taken');
});

Deno.test("registry: a made-up runtime stands in the capability table", () => {
  const table = createRegistry([ants, bees]).capabilityTable();
  assertStringIncludes(table, "| `ants` (experimental) | 1.0.0 |");
  assertStringIncludes(table, "| `bees` (experimental) | built in |");
  assertStringIncludes(table, "| `ants` | `edit` | none | not stopped |");
  assertStringIncludes(table, "| `ants` | `read` | not offered by this CLI | – |");
  assertStringIncludes(table, "- Slow in winter");
  const widths = table.split("\n\n").slice(0, 2).map((part) =>
    new Set(part.trim().split("\n").map((line) => line.split(/(?<!\\)\|/).length)).size
  );
  assertEquals(widths, [1, 1]);
});

Deno.test("registry: a missing permission word is served by the nearest tighter one", () => {
  const none = { confinement: "none", stopsOutsideWrites: false };
  assertEquals(effectivePermission({ permissions: { edit: none } }, "full"), "edit");
  assertEquals(effectivePermission({ permissions: { read: none } }, "full"), "read");
  assertEquals(effectivePermission({ permissions: { full: none } }, "edit"), undefined);
});

Deno.test("registry: every runtime of the program passes HOME and PATH, and no cloud secret", () => {
  const names = REGISTRY.allowedEnvNames();
  assert(names.includes("HOME") && names.includes("PATH"));
  for (const secret of ["AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "NPM_TOKEN", "*"]) {
    assert(!names.includes(secret), secret);
  }
  assertEquals(names, [...new Set(names)].sort());
});

Deno.test("definition: a sound one has no problems, and each slip is named", () => {
  assertEquals(validateDefinition(ants), []);
  const broken = madeUpRuntime("ants", {
    aliases: ["Big Ants"],
    docsUrl: "http://example.com",
    stop: [{ signal: "SIGTERM", graceMs: Infinity }],
    limits: { ...ants.limits, totalMs: Infinity, idleMs: 0 },
    env: { pass: ["HOME", "NOT A NAME", "X"], withhold: ["X"] },
    failures: [{ match: /x/g, code: "agent_failed", retryable: false, hint: " " }],
    permissions: {},
    guidance: ["one line"],
    limitations: ["two\nlines"],
  });
  assertEquals(validateDefinition(broken), [
    'ants: alias "Big Ants" is not a lower-case word',
    "ants: docsUrl is no https address",
    "ants: limit idleMs is not a finite positive whole number",
    "ants: limit totalMs is not a finite positive whole number",
    "ants: the last step of stop is not SIGKILL",
    "ants: grace of SIGTERM is not a finite whole number",
    'ants: "NOT A NAME" is no name of a variable',
    "ants: PATH is not passed on",
    "ants: X is both passed on and withheld",
    "ants: /x/g keeps a state between tests",
    "ants: /x/g has no hint",
    "ants: no permission word",
    "ants: guidance is not 2 or 3 lines",
    "ants: guidance or limitations hold an empty or broken line",
  ]);
});
