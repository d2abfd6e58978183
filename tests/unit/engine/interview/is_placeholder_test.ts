import { assertEquals } from "@std/assert";
import { isPlaceholder } from "../../../../lib/engine/interview/is_placeholder.ts";

Deno.test("what only fills its place is told from what says something, in any script", () => {
  for (const text of [".", "-", " … ", "tbd", "TBD.", "n/a", "N/A", "None", "(todo)", "xxx", ""]) {
    assertEquals(isPlaceholder(text), true, text);
  }
  for (const text of ["It is taste", "味", "None of the tools can hear", "Ann", "7", "naming"]) {
    assertEquals(isPlaceholder(text), false, text);
  }
});
