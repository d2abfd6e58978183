import { assertEquals } from "@std/assert";
import { usageText } from "../../../lib/kernel/usage_text.ts";

Deno.test("usage is told as it was reported, or not at all", () => {
  assertEquals(usageText({}), "not reported");
  assertEquals(
    usageText({
      inputTokens: 10,
      cachedInputTokens: 4,
      outputTokens: 5,
      reasoningTokens: 2,
      costUsd: 0.01,
    }),
    "10 tokens read, 4 from a cache, 7 written (2 of them reasoning), $0.0100 (as reported)",
  );
});
