import { assertEquals, assertThrows } from "@std/assert";
import { choiceOf } from "../../../lib/cli/choice.ts";
import type { Words } from "../../../lib/cli/command.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";

const typed = (value: string | undefined): Words => ({
  positional: [],
  has: () => value !== undefined,
  text: () => value,
  texts: () => value === undefined ? [] : [value],
  count: () => undefined,
  amount: () => undefined,
  durationMs: () => undefined,
});

Deno.test("one of the words is taken, whatever its case", () => {
  assertEquals(choiceOf(typed("Edit"), "permission", ["read", "edit"]), "edit");
  assertEquals(choiceOf(typed(undefined), "permission", ["read", "edit"]), undefined);
});

Deno.test("another word is refused with all of them and the nearest", () => {
  const { message, hint } = assertThrows(
    () => choiceOf(typed("edti"), "permission", ["read", "edit"]),
    OuroborosError,
  );
  assertEquals(message, 'Use "edti" as "--permission": it takes read, edit');
  assertEquals(hint, "--permission edit");
});
