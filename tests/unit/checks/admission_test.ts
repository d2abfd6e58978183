import { assertEquals, assertStringIncludes } from "@std/assert";
import { admissionLine, admissionOf } from "../../../lib/checks/admission.ts";
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
});

Deno.test("People are told what a check says on the base and why it probably cannot run", () => {
  assertEquals(
    admissionLine(check, checkRun("fail", "b")),
    "fails now, as it should: line of fail",
  );
  assertStringIncludes(admissionLine(check, checkRun("pass", "b")), "passes already");
  assertStringIncludes(admissionLine(kept, checkRun("pass", "b")), "must go on passing");
  assertStringIncludes(admissionLine(kept, checkRun("fail", "b")), "fails already, although");
  for (const kind of ["missing_tool", "missing_module", "refused_connection"] as const) {
    assertStringIncludes(
      admissionLine(check, checkRun(kind, "b")),
      "Probably not the work's business",
    );
  }
});
