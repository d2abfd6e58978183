/**
 * The official conformance suite of the protocol, both sets of requirements, against our server on
 * HTTP. Nothing is expected to fail.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { startDeno } from "../helpers/deno_child.ts";
import { judgeTest, type McpJudge } from "../helpers/mcp_judge.ts";
import { tempDir } from "../helpers/temp_dir.ts";

/** One thing that a scenario looked at. */
interface Check {
  id: string;
  status: "SUCCESS" | "FAILURE" | "WARNING" | "SKIPPED" | "INFO";
  errorMessage?: string;
}

/** Scenarios for servers that a revision requires; frozen, so that fewer means that some were left out. */
const REQUIRED = { "2025-11-25": 30, "2026-07-28": 37 } as const;

for (const [revision, count] of Object.entries(REQUIRED)) {
  judgeTest("conformance", `all of ${revision} holds on HTTP`, async (judge) => {
    await using dir = await tempDir();
    const said = await judged(judge, dir.path, {
      served: ["--fixtures"],
      asked: ["--requirements", revision],
    });
    const [scored = "", unscored = ""] = said.split(/^Not scored for/m);
    const left = new Set([...unscored.matchAll(/^ {2}[✓✗] (\S+)/gm)].map(([, name]) => name));
    const scenarios = [...scored.matchAll(/^([✓✗]) (\S+): /gm)]
      .filter(([, , name]) => !left.has(name));
    const checks = await checksOf(dir.path, scenarios.map(([, , name = ""]) => name));
    const passed = checks.filter(({ status }) => status === "SUCCESS");
    const held = scenarios.filter(([, mark]) => mark === "✓");
    console.log(
      `${revision}: ${held.length}/${scenarios.length} scenarios, ` +
        `${passed.length}/${checks.length} checks`,
    );
    assertEquals(checks.filter(({ status }) => status !== "SUCCESS"), [], said);
    assertEquals([held.length, scenarios.length], [count, count], said);
  });
}

/** Those that need no tool, prompt or resource of a certain name: they judge what people get. */
const OF_OURS = [
  ["server-initialize", "2025-11-25"],
  ["ping", "2025-11-25"],
  ["tools-list", "2025-11-25"],
  ["prompts-list", "2025-11-25"],
  ["dns-rebinding-protection", "2025-11-25"],
  ["tools-list", "2026-07-28"],
  ["prompts-list", "2026-07-28"],
  ["dns-rebinding-protection", "2026-07-28"],
  ["sep-2164-resource-not-found", "2026-07-28"],
  ["input-required-result-unsupported-methods", "2026-07-28"],
] as const;

for (const [scenario, revision] of OF_OURS) {
  judgeTest("conformance", `${scenario} of ${revision} holds with our own tools`, async (judge) => {
    await using dir = await tempDir();
    const asked = ["--scenario", scenario, "--spec-version", revision];
    const said = await judged(judge, dir.path, { served: [], asked });
    const checks = await checksOf(dir.path, [scenario]);
    assert(checks.length > 0, said);
    assertEquals(checks.filter(({ status }) => status !== "SUCCESS"), [], said);
  });
}

/** Starts the server, has it judged, and gives what was said; the judge must have nothing against it. */
async function judged(
  judge: McpJudge,
  dir: string,
  what: { served: readonly string[]; asked: readonly string[] },
): Promise<string> {
  const program = new URL("../helpers/conformance_server.ts", import.meta.url).pathname;
  const server = startDeno(program, [dir, ...what.served]);
  const { value: url } = await server.lines.next();
  assertMatch(url ?? "", /^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
  const { code, stdout, stderr } = await judge.ask(
    ["server", "--url", url!, "--output-dir", dir, ...what.asked],
  );
  assert((await server.finish()).success);
  assertEquals(code, 0, stdout + stderr);
  return stdout;
}

/** What the scenarios looked at, without what only informs. */
async function checksOf(dir: string, scenarios: readonly string[]): Promise<Check[]> {
  const checks: Check[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(dir)) {
    const scenario = /^server-(.+)-\d{4}-\d\d-\d\dT/.exec(name)?.[1];
    if (!isDirectory || scenario === undefined || !scenarios.includes(scenario)) continue;
    checks.push(...JSON.parse(await Deno.readTextFile(`${dir}/${name}/checks.json`)));
  }
  return checks.filter(({ status }) => status !== "INFO");
}
