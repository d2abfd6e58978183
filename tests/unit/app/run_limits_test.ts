import { assertEquals, assertThrows } from "@std/assert";
import { allowsMore, changedLimits, countable } from "../../../lib/app/run_limits.ts";
import { OuroborosError } from "../../../lib/kernel/error.ts";
import { madeUpRuntime } from "../../helpers/made_up_runtime.ts";

const LIMITS = {
  ...{ attempts: 3, minutes: 60, maxTokens: null, maxUsd: null, jobs: 1, waitMinutes: 60 },
};

function runtime(usage: "per-call" | "none", cost: "reported" | "unknown") {
  const made = madeUpRuntime("smith");
  return { title: "Smith", capabilities: { ...made.capabilities, usage, cost } };
}

Deno.test("a ceiling is refused where the runtime does not report what it counts", () => {
  const dollars = { ...LIMITS, maxUsd: 5 };
  const tokens = { ...LIMITS, maxTokens: 100 };
  assertEquals(countable(runtime("none", "unknown"), LIMITS), LIMITS);
  assertEquals(countable(runtime("per-call", "reported"), dollars), dollars);
  const blind = assertThrows(
    () => countable(runtime("per-call", "unknown"), dollars),
    OuroborosError,
    "Hold the run to $5: Smith reports no cost",
  );
  assertEquals(blind.code, "usage");
  assertEquals(blind.hint?.startsWith("Use --max-tokens"), true);
  assertThrows(
    () => countable(runtime("none", "unknown"), tokens),
    OuroborosError,
    "Hold the run to 100 tokens: Smith reports none",
  );
});

Deno.test("what was typed takes the place of what was, and the rest stays", () => {
  assertEquals(changedLimits(LIMITS, { jobs: 4, waitMs: 90_000 }), {
    ...LIMITS,
    jobs: 4,
    waitMinutes: 1.5,
  });
  assertEquals(changedLimits({ ...LIMITS, maxUsd: 3 }, {}), { ...LIMITS, maxUsd: 3 });
});

Deno.test("a higher limit of what a run may cost allows more, a lower or a first one does not", () => {
  const held = { ...LIMITS, maxUsd: 3, maxTokens: 100 };
  for (const name of ["attempts", "minutes", "maxTokens", "maxUsd"] as const) {
    assertEquals(allowsMore({ ...held, [name]: held[name] + 0.01 }, held), true, name);
    assertEquals(allowsMore({ ...held, [name]: held[name] - 0.01 }, held), false, name);
  }
  assertEquals(allowsMore({ ...held, maxUsd: null }, held), true);
  assertEquals(allowsMore(held, LIMITS), false, "there was no ceiling before");
  assertEquals(allowsMore({ ...held, jobs: 9, waitMinutes: 600 }, held), false);
});
