import { assertEquals } from "@std/assert";
import { putBackText } from "../../../lib/kernel/put_back.ts";

Deno.test("what was put back is named, and counted where it is not", () => {
  assertEquals(putBackText({ paths: ["a", "b"], more: 0 }), "put back: a, b (protected)");
  assertEquals(putBackText({ paths: ["a"], more: 2 }), "put back: a and 2 more (protected)");
  assertEquals(putBackText({ paths: [], more: 1 }), "put back: 1 file (protected)");
  assertEquals(putBackText({ paths: [], more: 3 }), "put back: 3 files (protected)");
});
