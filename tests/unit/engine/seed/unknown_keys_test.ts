import { assertEquals } from "@std/assert";
import { unknownKeys } from "../../../../lib/engine/seed/unknown_keys.ts";

const NOT_KNOWN = "is not known to this version, and not acted on";

Deno.test("unknown keys are found at every level where a slip would lose meaning", () => {
  const warnings = unknownKeys({
    goal: "x",
    constrains: [],
    criteria: [],
    workspace: { dirr: "x", prepare: { runn: "x" } },
    acceptance_criteria: [
      "text",
      {
        description: "a",
        depend_on: [],
        check: { run: "x", tiemout: 3, expect: { contain: "x" } },
      },
      { description: "b", verify: ["x", { command: "x" }], owner: "me" },
    ],
  });
  assertEquals(warnings.map((one) => [one.path, one.message.slice(NOT_KNOWN.length)]), [
    ["constrains", '; did you mean "constraints"?'],
    ["criteria", '; did you mean "acceptance_criteria"?'],
    ["workspace.dirr", '; did you mean "dir"?'],
    ["workspace.prepare.runn", '; did you mean "run"?'],
    ["acceptance_criteria[1].depend_on", '; did you mean "depends_on"?'],
    ["acceptance_criteria[1].check.tiemout", '; did you mean "timeout"?'],
    ["acceptance_criteria[1].check.expect.contain", '; did you mean "contains"?'],
    ["acceptance_criteria[2].owner", ""],
    ["acceptance_criteria[2].verify[1].command", '; did you mean "run"?'],
  ]);
});

Deno.test("free places are free", () => {
  assertEquals(
    unknownKeys({ goal: "x", metadata: { anything: 1 }, ontology_schema: { more: 1 } }),
    [],
  );
});

Deno.test("warnings are bounded", () => {
  const keys = Array.from({ length: 5000 }, (_, index) => [`key${index}`, 1]);
  assertEquals(unknownKeys(Object.fromEntries(keys)).length, 100);
});
