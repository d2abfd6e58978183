import { assertEquals } from "@std/assert";
import { saysNo } from "../../../../lib/engine/interview/says_no.ts";

Deno.test("commands that no work can pass are told from those that can say yes", () => {
  for (const run of ["false", " exit 1 ", "exit 42", "! true", "!:"]) {
    assertEquals(saysNo(run), true, run);
  }
  for (const run of ["exit", "exit 0", "true", "! grep x y", "false || npm test", "./false"]) {
    assertEquals(saysNo(run), false, run);
  }
});
