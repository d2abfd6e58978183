import { sha256 } from "../../kernel/digest.ts";

/** The same call with the same result this often in a row is a loop, not work. */
const SAME_IN_A_ROW = 12;
/** Model rounds without any call that was not made before. Polling and long answers stay below it. */
const ROUNDS_WITHOUT_NEWS = 40;
/** Rounds in a row whose stream ended without saying why, and that did nothing. */
const UNFINISHED_ROUNDS = 3;

/** A call as long as this is remembered whole; of a longer one, the digest. */
const SHORT_CALL = 200;

/** What is known of an agent's rounds: grows with the number of different tool calls. */
export interface LoopWatch {
  seen: Set<string>;
  /** The last call, and what it gave. */
  asked: string;
  result: unknown;
  sameInARow: number;
  roundsWithoutNews: number;
  unfinishedRounds: number;
}

/** A watch over nothing yet. */
export function startLoopWatch(): LoopWatch {
  return {
    seen: new Set(),
    asked: "",
    result: undefined,
    sameInARow: 0,
    roundsWithoutNews: 0,
    unfinishedRounds: 0,
  };
}

/** Notes one ended tool call; gives one line for people when the agent goes round in a circle. */
export function watchCall(
  watch: LoopWatch,
  call: { tool: string; input: unknown; result: unknown },
): string | undefined {
  const words = JSON.stringify([call.tool, call.input]) ?? "";
  const asked = words.length <= SHORT_CALL ? words : sha256(words);
  if (!watch.seen.has(asked)) {
    watch.seen.add(asked);
    watch.roundsWithoutNews = 0;
  }
  watch.unfinishedRounds = 0;
  // Results can be megabytes: they are looked at only where the call itself is the same.
  const again = asked === watch.asked && sameResult(call.result, watch.result);
  watch.sameInARow = again ? watch.sameInARow + 1 : 1;
  watch.asked = asked;
  watch.result = call.result;
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

function sameResult(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
