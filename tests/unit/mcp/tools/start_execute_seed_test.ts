import { assertEquals } from "@std/assert";
import { startExecuteSeedTool } from "../../../../lib/mcp/tools/start_execute_seed.ts";

Deno.test("a limit is held to the bounds of the command line, and what they are is said", () => {
  for (
    const [limits, wrong] of [
      [{ minutes: 0.01, max_usd: 0.01 }, []],
      [{ minutes: 10_080, max_usd: 1_000_000 }, []],
      [{ minutes: 1e308 }, ["minutes: must be a number from 0.01 to 10080"]],
      [{ minutes: 1e-9 }, ["minutes: must be a number from 0.01 to 10080"]],
      [{ minutes: "many" }, ["minutes: must be a number from 0.01 to 10080"]],
      [{ minutes: Infinity }, ["minutes: must be a number from 0.01 to 10080"]],
      [{ max_usd: 0 }, ["max_usd: must be a number from 0.01 to 1000000"]],
      [{ max_usd: 1e7 }, ["max_usd: must be a number from 0.01 to 1000000"]],
    ] as const
  ) {
    const { error } = startExecuteSeedTool.input.safeParse(limits);
    const told = (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
    assertEquals(told, [...wrong], JSON.stringify(limits));
  }
});
