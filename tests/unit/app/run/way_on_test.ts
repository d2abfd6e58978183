import { assertEquals, assertStrictEquals } from "@std/assert";
import { wayOn } from "../../../../lib/app/run/way_on.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { storeError } from "../../../../lib/store/sqlite/sqlite_error.ts";

Deno.test("a worker that a full disk or a locked journal stopped names how its run goes on", () => {
  const hint = (words: string) =>
    (wayOn(storeError(new Error(words), "/j/journal.db"), "run_1") as OuroborosError).hint;
  assertEquals(
    hint("database is locked"),
    'See who holds it: lsof "/j/journal.db"; then: ouroboros resume run_1',
  );
  assertEquals(
    hint("database or disk is full"),
    "Free some space, then: ouroboros resume run_1; " +
      "or remove the run's files: ouroboros discard run_1",
  );
  const other = new OuroborosError({ code: "git_failed", message: "Run git: no", hint: "git" });
  assertStrictEquals(wayOn(other, "run_1"), other);
});
