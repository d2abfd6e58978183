import { isInputRequiredResult } from "@modelcontextprotocol/server";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { DetachedPlan } from "../../../../lib/app/start_detached.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";
import { agreement } from "../../../../lib/mcp/elicit/agreement.ts";

const COST = "at most 3 starts";

/** The plan of every case, as its form sealed it. */
const SEALED = { plan: `Start a run of "Greet" in "/shop"\n${COST}\nsha` };

interface Case {
  mustAsk?: boolean;
  canAsk?: boolean;
  confirmed?: boolean;
  /** What came back for the form. */
  form?: unknown;
  /** What came back with it; left out: what was sealed. */
  state?: unknown;
}

function agree(
  { mustAsk = true, canAsk = false, confirmed = false, form, state = SEALED }: Case,
) {
  const plan = { mustAsk, cost: { goal: "Greet", project: "/shop" } } as DetachedPlan;
  const responses = form === undefined ? undefined : { confirm: form };
  const call = {
    ...{ canAsk, responses },
    state: <State>() => state as State | undefined,
    seal: (sealed: unknown) => Promise.resolve(JSON.stringify(sealed)),
  };
  return agreement(call, plan, { confirmed, cost: COST, about: "sha" });
}

Deno.test("who says yes for the user is believed, and nobody is asked where nothing is to be asked", async () => {
  assertEquals(await agree({ confirmed: true }), "flag");
  assertEquals(await agree({ confirmed: true, canAsk: true, mustAsk: false }), "flag");
  assertEquals(await agree({ mustAsk: false, canAsk: true }), "not_asked");
});

Deno.test("the user is asked in a form with the cost, and only a yes in it is one", async () => {
  const asked = await agree({ canAsk: true });
  assert(isInputRequiredResult(asked));
  assertStringIncludes(JSON.stringify(asked.inputRequests), COST);
  assertEquals(asked.requestState, JSON.stringify(SEALED));
  assertEquals(await agree({ form: { action: "accept", content: { confirm: true } } }), "asked");
  for (
    const [form, code, hint] of [
      [{ action: "accept", content: { confirm: false } }, "cancelled", undefined],
      [{ action: "decline" }, "cancelled", "confirm: true"],
      [{ action: "cancel" }, "needs_input", "confirm: true"],
      [{ action: "accept", content: {} }, "needs_input", "confirm: true"],
    ] as const
  ) {
    // A form that came back counts more than what the caller says.
    const error = await assertRejects(() => agree({ form, confirmed: true }), OuroborosError);
    assertEquals(error.code, code);
    if (hint === undefined) assertEquals(error.hint, undefined);
    else assertStringIncludes(error.hint!, hint);
  }
});

Deno.test("where there are no forms the host is told to ask in words, with the cost", async () => {
  const error = await assertRejects(() => agree({}), OuroborosError);
  assertEquals(error.code, "needs_input");
  assertStringIncludes(error.message, `Start a run of "Greet" in "/shop"`);
  assertStringIncludes(error.message, COST);
});

Deno.test("a yes to another plan, or to none that was shown, is asked for anew", async () => {
  const form = { action: "accept", content: { confirm: true } };
  const other = { plan: SEALED.plan.replace("3 starts", "1 start") };
  for (const state of [other, {}, null, "sha"]) {
    const asked = await agree({ canAsk: true, confirmed: true, form, state });
    assert(isInputRequiredResult(asked), JSON.stringify(state));
    assertEquals(asked.requestState, JSON.stringify(SEALED));
  }
  const error = await assertRejects(() => agree({ form, state: other }), OuroborosError);
  assertEquals(error.code, "needs_input");
  // Where nobody has to be asked, no yes is needed; and a no is one, whatever it was said to.
  assertEquals(await agree({ mustAsk: false, form, state: other }), "not_asked");
  const no = () => agree({ form: { action: "decline" }, state: other });
  assertEquals((await assertRejects(no, OuroborosError)).code, "cancelled");
});
