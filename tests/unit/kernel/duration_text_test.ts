import { assertEquals } from "@std/assert";
import { durationText } from "../../../lib/kernel/duration_text.ts";
import { durationMs } from "../../../lib/kernel/duration.ts";

Deno.test("a duration is written in its largest whole unit, and read back the same", () => {
  const texts = { 500: "500ms", 90_000: "90s", 600_000: "10m", 5_400_000: "90m", 3_600_000: "1h" };
  for (const [ms, text] of Object.entries(texts)) {
    assertEquals(durationText(Number(ms)), text);
    assertEquals(durationMs(text), Number(ms));
  }
});
