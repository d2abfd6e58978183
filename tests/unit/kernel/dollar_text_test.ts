import { assertEquals } from "@std/assert";
import { dollarText } from "../../../lib/kernel/dollar_text.ts";
import { usageText } from "../../../lib/kernel/usage_text.ts";

Deno.test("a small amount of dollars keeps the digits that show it, a large one has cents", () => {
  const texts = [0, 0.5, 5, 12.3456, 0.0412, 0.004, 0.00012, 1e-17].map(dollarText);
  assertEquals(texts, [
    "$0.00",
    "$0.50",
    "$5.00",
    "$12.35",
    "$0.041",
    "$0.004",
    "$0.00012",
    "$0.00",
  ]);
  assertEquals(usageText({ costUsd: 0.00002 }), "$0.00002 (as reported)");
});
