/** What stands where something should. */
const PLACEHOLDER =
  /^(?:tbd|tba|todo|fixme|n\W?a|none|null|nil|nothing|undefined|unknown|later|x+|no reason|not applicable|placeholder)$/i;

/** Whether a text only fills its place: punctuation alone, or a word like "tbd" or "n/a". */
export function isPlaceholder(text: string): boolean {
  const words = text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  return words === "" || PLACEHOLDER.test(words);
}
