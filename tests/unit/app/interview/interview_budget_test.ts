import { assertEquals, assertThrows } from "@std/assert";
import { leftOf, requireBudget } from "../../../../lib/app/interview/interview_budget.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";

const USED = { inputTokens: 900, outputTokens: 100, costUsd: 0.25 };

Deno.test("a further call is refused once what was to be enough is used up, and not before", () => {
  requireBudget(USED, {}, "i");
  requireBudget(USED, { tokens: 1001, usd: 0.26 }, "i");
  // What is not reported counts nothing.
  requireBudget({}, { tokens: 1, usd: 0.01 }, "i");
  const told = (budget: Parameters<typeof requireBudget>[1]) => {
    const { code, exitCode, message } = assertThrows(
      () => requireBudget(USED, budget, "i"),
      OuroborosError,
    );
    return [code, exitCode, message];
  };
  assertEquals(told({ tokens: 1000 }), [
    ...["limit_reached", 8],
    "Go on with the interview: its calls used 1000 tokens of the 1000 of --max-tokens",
  ]);
  assertEquals(
    told({ tokens: 2000, usd: 0.2 })[2],
    [
      "Go on with the interview: its calls used $0.25 of the $0.20 of --max-usd",
    ][0],
  );
});

Deno.test("what is left of a budget is said of what it limits alone", () => {
  assertEquals(leftOf(USED, { tokens: 1500 }), { tokens: 500 });
  assertEquals(leftOf(USED, { usd: 0.25 }), { usd: 0 });
  assertEquals(leftOf(USED, {}), {});
});
