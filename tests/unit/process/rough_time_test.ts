import { assertEquals } from "@std/assert";
import { roughTime } from "../../../lib/process/rough_time.ts";

Deno.test("a stretch of time is rounded down to what people ask for", () => {
  assertEquals(
    [220.7, 5999, 90_500, 180_400, 1_325_000, 3_600_400].map(roughTime),
    ["220ms", "5s", "90s", "3m", "22m", "1h"],
  );
});
