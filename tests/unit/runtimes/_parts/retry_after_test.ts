import { assertEquals } from "@std/assert";
import { retryAfterSeconds } from "../../../../lib/runtimes/_parts/retry_after.ts";

const NOON = Date.parse("2026-11-30T12:00:00Z");

Deno.test("retry after: spans, headers and times are read as seconds", () => {
  const cases: [string, number | undefined][] = [
    ["Rate limit reached. Please try again in 1s.", 1],
    ["Please try again in 20ms.", 1],
    ["try again in 1m30s", 90],
    ["Please try again in 6m0.5s", 361],
    ["try again in 3 hours 5 minutes", 11_100],
    ["Try again in 2 days, 1 hour and 10 minutes.", 177_000],
    ["resets in 45 seconds", 45],
    ["retry-after: 20", 20],
    ['"retry_after": "7"', 7],
    ["Retry-After=0", 1],
    ["limit reached, resets at 3pm (UTC)", 3 * 3600 + 60],
    ["limit reached, resets at 11am (UTC)", undefined],
    ["try again later", undefined],
    ["429 Too Many Requests", undefined],
    ["", undefined],
  ];
  for (const [text, seconds] of cases) {
    assertEquals([text, retryAfterSeconds(text, NOON)], [text, seconds]);
  }
});

Deno.test("retry after: a hostile text does not take long", () => {
  const text = "try again in " + "1 m, and ".repeat(20_000) + "x".repeat(200_000);
  assertEquals(typeof retryAfterSeconds(text), "number");
});
