import { assertEquals, assertNotEquals } from "@std/assert";
import { systemRandom } from "../../../lib/system/system_random.ts";

Deno.test("as many bytes as asked for, other ones each time", () => {
  assertEquals(systemRandom(0).length, 0);
  assertEquals(systemRandom(8).length, 8);
  assertNotEquals(systemRandom(16), systemRandom(16));
});
