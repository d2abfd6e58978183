import { assertEquals } from "@std/assert";
import { askPassed, isNamed, passedVariables } from "../../../lib/app/passed_variables.ts";
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

Deno.test("what was asked for a work is not asked again by its parts", async () => {
  await using bench = await appBench();
  const { processes, environment } = bench.app;
  let asked = 0;
  const app = {
    environment,
    processes: {
      ...processes,
      capture: (...args: Parameters<typeof processes.capture>) => {
        asked++;
        return processes.capture(...args);
      },
    },
  };
  const [one, two] = ["OUROBOROS_TEST_PASSED_ONE", "OUROBOROS_TEST_PASSED_TWO"];
  Deno.env.set(one, "1");
  Deno.env.set(two, "2");
  try {
    await askPassed(app, [one, two, "NOT_SET_HERE"]);
    assertEquals(await passedVariables(app, [two]), new Map([[two, "2"]]));
    assertEquals(await passedVariables(app, ["NOT_SET_HERE"]), new Map());
    assertEquals(asked, 1);
    // What it does not know is asked for, and a new work asks anew.
    assertEquals((await passedVariables(app, [one, "OUROBOROS_TEST_PASSED_*"]))?.size, 2);
    Deno.env.delete(two);
    assertEquals(await askPassed(app, [one, two]), new Map([[one, "1"]]));
    assertEquals([await passedVariables(app, [two]), asked], [new Map(), 3]);
  } finally {
    Deno.env.delete(one);
    Deno.env.delete(two);
  }
});
