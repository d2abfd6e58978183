import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ooo } from "../../../../lib/cli/commands/ooo.ts";
import { readWords } from "../../../../lib/cli/read_words.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { TOOL_TABLE } from "../../../../lib/mcp/tool_table.ts";
import { type AppBench, appBench } from "../../../helpers/app_bench.ts";
import { NO_DELIVERIES } from "../../../helpers/no_deliveries.ts";
import { Screen } from "../../../helpers/screen.ts";

/** The tool and the arguments that are planned for what a shell hands over. */
async function planned({ app }: AppBench, ...argv: string[]): Promise<string> {
  const output = new Screen();
  await ooo.run({
    app,
    output,
    words: readWords(ooo, [...argv, "--dry-run"]),
    interrupt: new AbortController().signal,
    deliveries: { ...NO_DELIVERIES, toolTable: () => Promise.resolve(TOOL_TABLE) },
  });
  return output.stdout;
}

Deno.test("a skill's options are typed as they are in a host, and unknown ones are refused", async () => {
  await using bench = await appBench({});
  const { seed_path, max_usd } = JSON.parse(
    (await planned(bench, "run", "seed.yaml", "--max-usd", "5")).replace(/^\w+ /, ""),
  );
  assertEquals([seed_path, max_usd], ["seed.yaml", 5]);
  for (const odd of ["--max-tokens=10", "--jobs", "--permission", "now"]) {
    await assertRejects(() => planned(bench, "run", "seed.yaml", odd), OuroborosError, "Answer");
  }
});

Deno.test("what a shell's quotes hold together stays together", async () => {
  await using bench = await appBench({});
  const path = async (...argv: string[]) =>
    JSON.parse((await planned(bench, "run", ...argv)).replace(/^\w+ /, "")).seed_path;
  assertEquals(await path("my seed.yaml"), "my seed.yaml");
  assertEquals(await path("my seed.yaml", "--max-usd=1"), "my seed.yaml");
  assertEquals(await path('the "first" seed.yaml'), 'the "first" seed.yaml');
});

Deno.test("a skill that a model follows is told with the command that a person types", async () => {
  await using bench = await appBench({});
  const { app } = bench;
  const noted = async (skill: string) => {
    const output = new Screen();
    const exit = await ooo.run({
      app,
      output,
      words: readWords(ooo, [skill]),
      interrupt: new AbortController().signal,
      deliveries: { ...NO_DELIVERIES, toolTable: () => Promise.resolve(TOOL_TABLE) },
    });
    assertEquals([exit, output.stdout], [78, ""]);
    return output.stderr;
  };
  assertStringIncludes(await noted("apply"), "By hand: ouroboros apply --help\n");
  assertStringIncludes(await noted("tutorial"), "By hand: ouroboros demo\n");
  assertStringIncludes(await noted("unstuck"), "No command does it\n");
});
