import { sha256 } from "../../kernel/digest.ts";

/** The same call with the same result this often in a row is a loop, not work. */
const SAME_IN_A_ROW = 12;
/** Model rounds without any call that was not made before. Polling and long answers stay below it. */
const ROUNDS_WITHOUT_NEWS = 40;
/** Rounds in a row whose stream ended without saying why, and that did nothing. */
const UNFINISHED_ROUNDS = 3;

/** What is known of an agent's rounds: grows with the number of different tool calls. */
export interface LoopWatch {
  seen: Set<string>;
  last: string;
  sameInARow: number;
  roundsWithoutNews: number;
  unfinishedRounds: number;
}

/** A watch over nothing yet. */
export function startLoopWatch(): LoopWatch {
  return { seen: new Set(), last: "", sameInARow: 0, roundsWithoutNews: 0, unfinishedRounds: 0 };
}

/** Notes one ended tool call; gives one line for people when the agent goes round in a circle. */
export function watchCall(
  watch: LoopWatch,
  call: { tool: string; input: unknown; result: unknown },
): string | undefined {
  const asked = sha256(JSON.stringify([call.tool, call.input]) ?? "");
  if (!watch.seen.has(asked)) {
    watch.seen.add(asked);
    watch.roundsWithoutNews = 0;
  }
  watch.unfinishedRounds = 0;
  const answered = asked + sha256(JSON.stringify(call.result) ?? "");
  watch.sameInARow = answered === watch.last ? watch.sameInARow + 1 : 1;
  watch.last = answered;
  return watch.sameInARow === SAME_IN_A_ROW
    ? `the same call of "${call.tool}" with the same result ${SAME_IN_A_ROW} times in a row`
    : undefined;
}

/**
 * Notes one model round (also one that the CLI made again); `unfinished` where its stream ended
 * without a reason. Gives one line for people when the agent gets nowhere.
 */
export function watchRound(
  watch: LoopWatch,
  { unfinished }: { unfinished: boolean },
): string | undefined {
  if (unfinished) {
    watch.unfinishedRounds++;
    return watch.unfinishedRounds === UNFINISHED_ROUNDS
      ? `${UNFINISHED_ROUNDS} answers in a row ended without a reason and without a tool call`
      : undefined;
  }
  watch.roundsWithoutNews++;
  return watch.roundsWithoutNews === ROUNDS_WITHOUT_NEWS
    ? `${ROUNDS_WITHOUT_NEWS} requests to the model in a row led to no new tool call`
    : undefined;
}
