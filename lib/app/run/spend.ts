import type { RunState } from "../../engine/run/state.ts";
import { dollarText } from "../../kernel/dollar_text.ts";
import { addUsage, type Usage } from "../../kernel/outcome.ts";
import type { AttemptAt } from "../../engine/run/step.ts";

/** What an attempt reports while it works. */
export interface Spending {
  /** Aborts when one of the run's ceilings is reached, by whichever attempt. */
  signal: AbortSignal;
  count(usage: Usage): void;
}

/** Why no agent is started now. `over`: nothing that is at work will change that. */
export interface Refusal {
  over: boolean;
  reason: string;
  /** The options that would let the run go on. */
  more: string;
}

/** What the attempts of a run cost together, those at work included. */
export interface Spend {
  /** An attempt begins; what it reports counts until its end is in the run's state. */
  begin(at: AttemptAt): Spending;
  /** Why the next attempt must not begin, with `starting` others that begin at this moment. */
  refusal(starting: number): Refusal | undefined;
  /** That a try ended and reported nothing of what a ceiling counts; said once, undefined else. */
  unheld(): string | undefined;
}

/** So many tries of one worker may report nothing of what a ceiling counts; then it stops. */
const MOST_BLIND = 2;

/** A ceiling of the run, in one unit. */
interface Ceiling {
  most: number;
  of(usage: Usage): number;
  /** Whether a report says anything of it. */
  tells(usage: Usage): boolean;
  show(amount: number): string;
  flag: string;
}

/** Tokens that a report counts, read and written, cached ones included; unknown ones count nothing. */
export function tokensOf(usage: Usage): number {
  return (usage.inputTokens ?? 0) + (usage.cachedInputTokens ?? 0) +
    (usage.cacheWriteTokens ?? 0) + (usage.outputTokens ?? 0) + (usage.reasoningTokens ?? 0);
}

/** What a free answer costs is told too: as none. */
function tellsTokens(usage: Usage): boolean {
  const { costUsd: _, ...tokens } = usage;
  return Object.values(tokens).some((one) => one !== undefined);
}

/**
 * Watches the ceilings of a run. An attempt begins only where what attempts of this run have cost so
 * far still fits: the cheapest of them where nothing else is at work, the dearest for each one that
 * is. Nothing is guessed: before the first one has ended, nothing is kept back.
 */
export function createSpend(state: () => RunState): Spend {
  const live = new Map<string, { usage: Usage; stop: AbortController }>();
  const key = (at: AttemptAt) => JSON.stringify([at.criterion, at.attempt]);
  const atWork = () => {
    for (const { id, attempts } of state().criteria) {
      for (const one of attempts) {
        if (one.outcome) live.delete(key({ criterion: id, attempt: one.number }));
      }
    }
    return [...live.values()];
  };
  const used = (ceiling: Ceiling) =>
    atWork().reduce((sum, one) => sum + ceiling.of(one.usage), ceiling.of(state().usage));
  const blindBefore = new Map(ceilingsOf(state()).map((one) => [one.flag, blind(one, state())]));
  const blindNow = (ceiling: Ceiling) =>
    blind(ceiling, state()) - (blindBefore.get(ceiling.flag) ?? 0);
  let told = false;
  return {
    unheld() {
      const ceiling = ceilingsOf(state()).find((one) => blindNow(one) > 0);
      if (told || !ceiling) return undefined;
      told = true;
      return `The agent reported nothing of what ${ceiling.flag} counts: it cannot be held, and ` +
        "the run stops after another try like that";
    },
    begin(at) {
      const own = { usage: {} as Usage, stop: new AbortController() };
      live.set(key(at), own);
      return {
        signal: own.stop.signal,
        count(usage) {
          own.usage = addUsage(own.usage, usage);
          if (!ceilingsOf(state()).some((one) => used(one) >= one.most)) return;
          for (const { stop } of atWork()) stop.abort();
        },
      };
    },
    refusal(starting) {
      for (const ceiling of ceilingsOf(state())) {
        if (blindNow(ceiling) >= MOST_BLIND) return unreported(ceiling, atWork().length + starting);
        const found = refuse(ceiling, state(), {
          used: used(ceiling),
          working: atWork().map((one) => ceiling.of(one.usage)),
          starting,
        });
        if (found) return found;
      }
      return undefined;
    },
  };
}

/** Tries that came to their end and reported nothing of what the ceiling counts. */
function blind({ tells }: Ceiling, state: RunState): number {
  return state.criteria.flatMap((one) => one.attempts)
    .filter((one) => one.outcome?.reason === "completed" && !tells(one.usage)).length;
}

/** A ceiling that cannot be held is not passed over: whoever resumes without it knows. */
function unreported({ flag, most, show }: Ceiling, working: number): Refusal {
  return {
    over: working === 0,
    reason: `Nothing was reported for ${MOST_BLIND} tries, so ${flag} (${show(most)}) cannot be ` +
      `held; each resume begins up to ${MOST_BLIND} more`,
    more: "",
  };
}

function refuse(
  ceiling: Ceiling,
  state: RunState,
  now: { used: number; working: readonly number[]; starting: number },
): Refusal | undefined {
  const { most, show } = ceiling;
  const over = now.working.length === 0 && now.starting === 0;
  const more = `${ceiling.flag} ${roundUp(most * 2)}`;
  if (now.used >= most) {
    return { over, reason: `All ${show(most)} of this run are used up`, more };
  }
  const costs = state.criteria.flatMap((one) => one.attempts)
    .filter((one) => one.outcome?.reason === "completed")
    .map((one) => ceiling.of(one.usage)).filter((cost) => cost > 0);
  if (costs.length === 0) return undefined;
  const dearest = Math.max(...costs);
  const kept = now.working.reduce((sum, cost) => sum + Math.max(0, dearest - cost), 0) +
    now.starting * dearest;
  const wanted = over ? Math.min(...costs) : dearest;
  if (now.used + kept + wanted <= most) return undefined;
  const left = show(most - now.used);
  return {
    over,
    reason: `Of ${show(most)} ${left} are left, and a try of this run costs ${show(wanted)}`,
    more,
  };
}

function ceilingsOf(state: RunState): Ceiling[] {
  const { maxTokens, maxUsd } = state.limits;
  const found: Ceiling[] = [];
  if (maxTokens !== null) {
    const show = (amount: number) => `${amount} tokens`;
    found.push({ most: maxTokens, of: tokensOf, tells: tellsTokens, show, flag: "--max-tokens" });
  }
  if (maxUsd !== null) {
    const of = (usage: Usage) => usage.costUsd ?? 0;
    const tells = (usage: Usage) => usage.costUsd !== undefined;
    found.push({ most: maxUsd, of, tells, show: dollarText, flag: "--max-usd" });
  }
  return found;
}

function roundUp(amount: number): string {
  return Number.isInteger(amount) ? String(amount) : amount.toFixed(2);
}
