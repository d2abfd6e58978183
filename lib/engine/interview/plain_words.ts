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

/** What a free text says of itself: an answer, "you decide", or "skip for now". */
export function textMeans(text: string): "answer" | "delegated" | "skipped" {
  const words = plainWords(text);
  if (DELEGATES.has(words)) return "delegated";
  // Without Latin letters it may be words of another script.
  const blank = /^[\s\p{P}]*$/u.test(text);
  return blank || SKIPS.has(words) ? "skipped" : "answer";
}

/** Lower-case words of Latin letters and digits, one space between them, without apostrophes. */
function plainWords(text: string): string {
  return (text.toLowerCase().replaceAll("’", "'").replaceAll("'", "").match(/[a-z0-9]+/g) ?? [])
    .join(" ");
}
