import { dollarText } from "../../kernel/dollar_text.ts";
import { OuroborosError } from "../../kernel/error.ts";
import type { Usage } from "../../kernel/outcome.ts";
import { tokensOf } from "../run/spend.ts";

/** What an interview's calls and the run behind it may cost together, as reported. */
export interface InterviewBudget {
  tokens?: number | undefined;
  usd?: number | undefined;
}

/**
 * Refuses a further call of a model once those before it used up what was to be enough; what one call
 * will take nobody knows before. Errors: limit_reached.
 */
export function requireBudget(used: Usage, budget: InterviewBudget, interviewId: string): void {
  const { tokens, usd } = leftOf(used, budget);
  const over = tokens !== undefined && tokens <= 0
    ? `${tokensOf(used)} tokens of the ${budget.tokens} of --max-tokens`
    : usd !== undefined && usd <= 0
    ? `${dollarText(used.costUsd ?? 0)} of the ${dollarText(budget.usd!)} of --max-usd`
    : undefined;
  if (over === undefined) return;
  throw new OuroborosError({
    code: "limit_reached",
    message: `Go on with the interview: its calls used ${over}`,
    hint: `Without that limit: ouroboros interview --resume ${interviewId}`,
  });
}

/** What is left of a budget; 0 or less: nothing. */
export function leftOf(used: Usage, { tokens, usd }: InterviewBudget): InterviewBudget {
  return {
    ...(tokens === undefined ? {} : { tokens: tokens - tokensOf(used) }),
    ...(usd === undefined ? {} : { usd: usd - (used.costUsd ?? 0) }),
  };
}
