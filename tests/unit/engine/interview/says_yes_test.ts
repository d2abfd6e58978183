import { assertEquals } from "@std/assert";
import { saysYes } from "../../../../lib/engine/interview/says_yes.ts";

Deno.test("commands that say yes to anything are told from those that can say no", () => {
  for (const run of ["true", " : ", "exit", "exit 0", "echo ok", "printf 'ok\\n'"]) {
    assertEquals(saysYes(run), true, run);
  }
  for (const run of ["exit 1", "echo ok | grep no", "npm test", "true && npm test", "./echo.sh"]) {
    assertEquals(saysYes(run), false, run);
  }
});
