import { sha256 } from "../../kernel/digest.ts";

/** The same call with the same result this often in a row is a loop, not work. */
const SAME_IN_A_ROW = 12;
/** Model rounds without any call that was not made before. Polling and long answers stay below it. */
const ROUNDS_WITHOUT_NEWS = 40;
/** Rounds in a row whose stream ended without saying why, and that did nothing. */
const UNFINISHED_ROUNDS = 3;

/** A call as long as this is remembered whole; of a longer one, the digest. */
const SHORT_CALL = 200;

/** What is known of an agent's calls, and of its rounds where its CLI tells them. */
export interface LoopWatch {
  /** Every different call so far; kept only where {@link watchRound} asks for it. */
  seen: Set<string> | undefined;
  /** The last call, and what it gave. */
  tool: string;
  asked: string;
  result: unknown;
  sameInARow: number;
  roundsWithoutNews: number;
  unfinishedRounds: number;
}

/** A watch over nothing yet; `rounds` says that {@link watchRound} will be called. */
export function startLoopWatch({ rounds }: { rounds: boolean }): LoopWatch {
  return {
    seen: rounds ? new Set() : undefined,
    tool: "",
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
  // Most input is one text already, and this is done for every call.
  const asked = typeof call.input === "string" ? call.input : JSON.stringify(call.input) ?? "";
  if (watch.seen !== undefined) noteNews(watch, watch.seen, `${call.tool} ${asked}`);
  watch.unfinishedRounds = 0;
  // Results can be megabytes: they are looked at only where the call itself is the same.
  const again = asked === watch.asked && call.tool === watch.tool &&
    sameResult(call.result, watch.result);
  watch.sameInARow = again ? watch.sameInARow + 1 : 1;
  watch.tool = call.tool;
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

function noteNews(watch: LoopWatch, seen: Set<string>, call: string): void {
  const key = call.length <= SHORT_CALL ? call : sha256(call);
  if (seen.has(key)) return;
  seen.add(key);
  watch.roundsWithoutNews = 0;
}

function sameResult(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
