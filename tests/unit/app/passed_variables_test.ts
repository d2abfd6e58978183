import { assertEquals } from "@std/assert";
import { isNamed, passedVariables } from "../../../lib/app/passed_variables.ts";
import { appBench } from "../../helpers/app_bench.ts";

Deno.test("what is handed on is known with its value, whatever that holds, and nothing else", async () => {
  await using bench = await appBench();
  const values = {
    OUROBOROS_TEST_PASSED_A: "two\nlines=, a \\ and 007\n",
    OUROBOROS_TEST_PASSED_B: "",
  };
  for (const [name, value] of Object.entries(values)) Deno.env.set(name, value);
  try {
    const names = ["OUROBOROS_TEST_PASSED_*", "NOT_SET_HERE"];
    const found = await passedVariables(bench.app, names);
    assertEquals(found && Object.fromEntries(found), values);
    assertEquals(await passedVariables(bench.app, []), undefined);
  } finally {
    for (const name of Object.keys(values)) Deno.env.delete(name);
  }
});

Deno.test("a name means itself, and with a star all that begin so", () => {
  assertEquals(isNamed("AWS_REGION", "AWS_*"), true);
  assertEquals(isNamed("AWS_REGION", "AWS_"), false);
  assertEquals(isNamed("AWS_", "AWS_*"), true);
});
