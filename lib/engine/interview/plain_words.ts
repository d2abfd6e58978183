/** Free texts that mean "I don't know: you decide", as {@link plainWords} writes them. */
const DELEGATES = new Set([
  "i dont know",
  "i do not know",
  "dont know",
  "idk",
  "dunno",
  "no idea",
  "no clue",
  "not sure",
  "im not sure",
  "i am not sure",
  "no preference",
  "whatever",
  "you decide",
  "you choose",
  "up to you",
  "i dont know you decide",
  "i do not know you decide",
]);

/** Free texts that mean "skip for now". */
const SKIPS = new Set([
  "skip",
  "skip for now",
  "later",
  "decide later",
  "deferred",
  "tbd",
  "todo",
  "pass",
  "na",
  "n a",
]);

/** Words that end an interview when they stand alone. */
const DONE = new Set([
  "done",
  "complete",
  "stop",
  "enough",
  "generate seed",
  "create seed",
  "seed",
]);

const NOT_DONE = [
  "not done",
  "not complete",
  "not enough",
  "not ready",
  "do not close",
  "dont close",
];

const CLOSES = [
  "close the interview",
  "close interview",
  "close now",
  "mark the interview complete",
  "mark interview complete",
  "generate the seed",
  "create the seed",
  "seed generation",
  "no remaining ambiguity",
  "no ambiguity remains",
  "no ambiguity left",
];

/** Pairs of words that together mean the same, wherever they stand. */
const PAIRS = [
  ["close", "interview"],
  ["generate", "seed"],
  ["create", "seed"],
  ["ready", "seed"],
  ["no ambiguity", "remaining"],
  ["no ambiguity", "left"],
];

/** What a free text says of itself: an answer, "you decide", or "skip for now". */
export function textMeans(text: string): "answer" | "delegated" | "skipped" {
  const words = plainWords(text);
  if (DELEGATES.has(words)) return "delegated";
  // Without Latin letters it may be words of another script.
  const blank = /^[\s\p{P}]*$/u.test(text);
  return blank || SKIPS.has(words) ? "skipped" : "answer";
}

/** Whether a text asks to end the interview, by the rules of the original. */
export function meansDone(text: string): boolean {
  const words = plainWords(text);
  if (DONE.has(words)) return true;
  if (NOT_DONE.some((phrase) => words.includes(phrase))) return false;
  if (CLOSES.some((phrase) => words.includes(phrase))) return true;
  const tokens = new Set(words.split(" "));
  const has = (phrase: string) => phrase.split(" ").every((word) => tokens.has(word));
  return PAIRS.some((pair) => pair.every(has)) || words.endsWith(" done");
}

/** Lower-case words of Latin letters and digits, one space between them, without apostrophes. */
function plainWords(text: string): string {
  return (text.toLowerCase().replaceAll("’", "'").replaceAll("'", "").match(/[a-z0-9]+/g) ?? [])
    .join(" ");
}
