import { isInputRequiredResult } from "@modelcontextprotocol/server";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { DetachedPlan } from "../../../../lib/app/start_detached.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { agreement } from "../../../../lib/mcp/elicit/agreement.ts";

const COST = "at most 3 starts";

interface Case {
  mustAsk?: boolean;
  canAsk?: boolean;
  confirmed?: boolean;
  /** What came back for the form. */
  form?: unknown;
}

function agree({ mustAsk = true, canAsk = false, confirmed = false, form }: Case) {
  const plan = { mustAsk, cost: { goal: "Greet", project: "/shop" } } as DetachedPlan;
  const responses = form === undefined ? undefined : { confirm: form };
  return agreement({ canAsk, responses }, plan, { confirmed, cost: COST });
}

Deno.test("who says yes for the user is believed, and nobody is asked where nothing is to be asked", () => {
  assertEquals(agree({ confirmed: true }), "flag");
  assertEquals(agree({ confirmed: true, canAsk: true, mustAsk: false }), "flag");
  assertEquals(agree({ mustAsk: false, canAsk: true }), "not_asked");
});

Deno.test("the user is asked in a form with the cost, and only a yes in it is one", () => {
  const asked = agree({ canAsk: true });
  assert(isInputRequiredResult(asked));
  assertStringIncludes(JSON.stringify(asked), COST);
  assertEquals(agree({ form: { action: "accept", content: { confirm: true } } }), "asked");
  for (
    const [form, code, hint] of [
      [{ action: "accept", content: { confirm: false } }, "cancelled", undefined],
      [{ action: "decline" }, "cancelled", "confirm: true"],
      [{ action: "cancel" }, "needs_input", "confirm: true"],
      [{ action: "accept", content: {} }, "needs_input", "confirm: true"],
    ] as const
  ) {
    // A form that came back counts more than what the caller says.
    const error = assertThrows(() => agree({ form, confirmed: true }), OuroborosError);
    assertEquals(error.code, code);
    if (hint === undefined) assertEquals(error.hint, undefined);
    else assertStringIncludes(error.hint!, hint);
  }
});

Deno.test("where there are no forms the host is told to ask in words, with the cost", () => {
  const error = assertThrows(() => agree({}), OuroborosError);
  assertEquals(error.code, "needs_input");
  assertStringIncludes(error.message, `Start a run of "Greet" in "/shop"`);
  assertStringIncludes(error.message, COST);
});
