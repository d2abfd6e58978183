import { assertEquals } from "@std/assert";
import { localTime } from "../../../lib/kernel/local_time.ts";

Deno.test("a time is told in the reader's own zone, to the minute", () => {
  const at = new Date(2026, 0, 2, 3, 4, 59);
  assertEquals(localTime(at.toISOString()), "2026-01-02 03:04");
});
