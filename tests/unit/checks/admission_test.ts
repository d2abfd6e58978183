import { assertEquals, assertStringIncludes } from "@std/assert";
import { admissionOf, probableCause } from "../../../lib/checks/admission.ts";
import { checkRun } from "../../helpers/check_runs.ts";

const check = { preserve: false };
const kept = { preserve: true };

Deno.test("What a check is good for follows from its run on the base", () => {
  assertEquals(admissionOf(check, checkRun("fail", "b")), "can_decide");
  assertEquals(admissionOf(check, checkRun("pass", "b")), "can_only_preserve");
  assertEquals(admissionOf(check, checkRun("missing_tool", "b")), "cannot_run");
  assertEquals(admissionOf(kept, checkRun("fail", "b")), "can_only_preserve");
  assertEquals(admissionOf(kept, checkRun("pass", "b")), "can_only_preserve");
  assertEquals(admissionOf(kept, checkRun("timed_out", "b")), "cannot_run");
  assertEquals(admissionOf(check, checkRun("timed_out", "b")), "can_decide");
  assertEquals(admissionOf(check, checkRun("too_much_output", "b")), "cannot_run");
});

Deno.test("People are told why a check probably could not run, and what to do", () => {
  for (const kind of ["missing_tool", "missing_module", "refused_connection"] as const) {
    assertStringIncludes(probableCause(checkRun(kind, "b")), "Probably not the work's business: ");
  }
  assertStringIncludes(probableCause(checkRun("timed_out", "b")), "longer timeout");
  assertStringIncludes(probableCause(checkRun("endless_match", "b")), "Write its expression");
  assertStringIncludes(probableCause(checkRun("too_much_output", "b")), "print less");
  for (const kind of ["pass", "fail"] as const) {
    assertEquals(probableCause(checkRun(kind, "b")), "");
  }
});
