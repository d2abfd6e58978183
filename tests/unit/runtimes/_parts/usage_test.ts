import { assertEquals } from "@std/assert";
import { isZeroUsage, usageSince } from "../../../../lib/runtimes/_parts/usage.ts";

Deno.test("usage: the earlier total is subtracted, and the unknown stays unknown", () => {
  assertEquals(
    usageSince({ inputTokens: 300, outputTokens: 30 }, { inputTokens: 100, costUsd: 1 }),
    { inputTokens: 300, outputTokens: 30 },
    "a total without the earlier cost is a count that began anew",
  );
  assertEquals(usageSince({ inputTokens: 300, outputTokens: 30 }, { inputTokens: 100 }), {
    inputTokens: 200,
    outputTokens: 30,
  });
});

Deno.test("usage: a count that began anew is new as a whole, never negative", () => {
  assertEquals(
    usageSince({ inputTokens: 50, outputTokens: 9 }, { inputTokens: 100, outputTokens: 5 }),
    {
      inputTokens: 50,
      outputTokens: 9,
    },
  );
});

Deno.test("usage: nothing used and nothing said are both zero", () => {
  assertEquals([isZeroUsage({}), isZeroUsage({ inputTokens: 0 }), isZeroUsage({ costUsd: 0.1 })], [
    true,
    true,
    false,
  ]);
});
