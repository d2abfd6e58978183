import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type ErrorCode, OuroborosError } from "../../../lib/kernel/error.ts";
import { SetupProblems } from "../../../lib/setup/setup_problems.ts";

function problem(message: string, code: ErrorCode = "host_file_unusable"): OuroborosError {
  return new OuroborosError({ code, message, hint: `mend ${message}` });
}

Deno.test("without a problem nothing is thrown", () => {
  new SetupProblems().throwIfAny();
});

Deno.test("one problem keeps its own words", () => {
  const problems = new SetupProblems();
  problems.add(problem("one", "not_writable"));
  problems.add(problem("one"));
  const error = assertThrows(() => problems.throwIfAny(), OuroborosError);
  assertEquals([error.code, error.message, error.hint], [
    "host_file_unusable",
    "one",
    "mend one",
  ]);
});

Deno.test("several are told in one error, each with its way out", async () => {
  const problems = new SetupProblems();
  problems.add(problem("one"));
  const given = await problems.attempt(() => Promise.reject(problem("two", "unreadable")));
  assertEquals(given, undefined);
  assertEquals(await problems.attempt(() => Promise.resolve(7)), 7);
  const error = assertThrows(() => problems.throwIfAny(), OuroborosError);
  // A variable may be among them.
  assertEquals(error.message.split("\n"), [
    "Plan the changes: 2 things stand in the way",
    "- one",
    "  mend one",
    "- two",
    "  mend two",
  ]);
});

Deno.test("what is no matter of a file is thrown at once", async () => {
  const problems = new SetupProblems();
  await assertRejects(() => problems.attempt(() => Promise.reject(new TypeError("defect"))));
  await assertRejects(() => problems.attempt(() => Promise.reject(problem("x", "conflict"))));
  problems.throwIfAny();
});
