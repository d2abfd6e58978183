import { assertEquals, assertMatch } from "@std/assert";
import { formerTool } from "../../../lib/mcp/former_tools.ts";

Deno.test("only names of the earlier server's tools lead to another, whatever else objects have", () => {
  assertMatch(formerTool("ouroboros_status")!, /ouroboros_session_status/);
  for (const name of ["constructor", "toString", "__proto__", "ouroboros_nothing"]) {
    assertEquals(formerTool(name), undefined, name);
  }
});
