import { assertEquals } from "@std/assert";
import { durationMs } from "../../../lib/kernel/duration.ts";

Deno.test("durations are read with and without units", () => {
  assertEquals(durationMs("90s"), 90_000);
  assertEquals(durationMs("5m"), 300_000);
  assertEquals(durationMs(" 1.5 h "), 5_400_000);
  assertEquals(durationMs("500ms"), 500);
  assertEquals(durationMs("120"), 120_000);
  assertEquals(durationMs(120), 120_000);
});

Deno.test("what is no duration gives null", () => {
  for (const text of ["", "soon", "-5s", "5 d", "1e9", "5s5s", "99999999999s"]) {
    assertEquals(durationMs(text), null, text);
  }
  assertEquals(durationMs(-1), null);
  assertEquals(durationMs(NaN), null);
});
