import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { learnPassed } from "../../../lib/app/learn_passed.ts";
import { appBench } from "../../helpers/app_bench.ts";

/** Sets variables of this process for a time. */
async function withVariables<T>(
  values: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  for (const [name, value] of Object.entries(values)) Deno.env.set(name, value);
  try {
    return await work();
  } finally {
    for (const name of Object.keys(values)) Deno.env.delete(name);
  }
}

/** Value, name, and whether it is a secret. */
const CASES: [name: string, value: string, secret: boolean][] = [
  ["T_NPM", "npm_1a2b3c4d", true],
  ["T_SHORT", "abc1234", false],
  ["T_DB", "postgres://ada:pw@db/shop", true],
  ["T_MODE", "production", false],
  ["T_REGION", "us-east-a", false],
  ["T_PHRASE", "correct-horse-battery", true],
  ["T_PASSWORD", "production", true],
  ["T_DIR", "/opt/tools/bin:/usr/bin", false],
  ["T_KEY_FILE", "/usr/bin/env", false],
  ["T_SECRET", "/aB3dE5fG7hJ9", true],
  ["T_TOKEN", "  padded-token-1\n", true],
  ["T_WRITTEN", "shop-db-1.example", false],
  ["T_KEY", "shop-db-2.example", true],
  ["LC_T_SAYS", "en_US.UTF-8", false],
];

Deno.test("of what is handed on the values are secrets that no plain word, path or written text is", async () => {
  await withVariables(Object.fromEntries(CASES), async () => {
    for (const [name, value, secret] of CASES) {
      await using bench = await appBench();
      const written = JSON.stringify(["psql -h shop-db-1.example", "psql -h shop-db-2.example"]);
      assertEquals(bench.app.redact(value), value);
      await learnPassed(bench.app, [name], written);
      const masked = bench.app.redact(`say ${value.trim()}.`);
      assertEquals(masked, secret ? "say [redacted]." : `say ${value.trim()}.`, name);
    }
  });
});

const SEED = `schema: 1
goal: One file
acceptance_criteria:
  - id: one
    description: one.txt
    check: { run: 'echo "check has $T_HANDED $T_CHECKS"; test -e one.txt' }
`;
const VALUES = {
  T_HANDED: "handed-value-1",
  T_AGENTS: "agents-value-2",
  T_CHECKS: "checks-value-3",
};

Deno.test("what an agent and a check print of variables that are handed on is kept nowhere", async () => {
  await using bench = await appBench({
    files: { "seed.yaml": SEED },
    play: 'echo "has $T_HANDED $T_AGENTS"; echo "has $T_HANDED" >&2; echo x > one.txt',
  });
  const ours = join(bench.root, "ours");
  await Deno.mkdir(ours);
  await Deno.writeTextFile(
    join(ours, "config.yaml"),
    "env: { pass: { agents: [T_AGENTS], checks: [T_CHECKS] } }\n",
  );
  const { view } = await withVariables(VALUES, () => bench.start({ env: ["T_HANDED"] }));
  assertEquals(view.state, "passed");
  const spool = join(ours, "runs", view.runId, "attempts", "c-one-1");
  assertEquals(await Deno.readTextFile(`${spool}.stderr`), "has [redacted]\n");
  const kept = await Deno.readTextFile(`${spool}.stdout`);
  assertEquals(kept.includes("has [redacted] [redacted]"), true, kept);
  const events = JSON.stringify(await bench.events(view.runId));
  assertEquals(events.includes("check has [redacted] [redacted]"), true, events);
  await bench.app.close();
  const found = await new Deno.Command("grep", {
    args: ["-rlaE", Object.values(VALUES).join("|"), ours],
  }).output();
  assertEquals(new TextDecoder().decode(found.stdout), "");
});
