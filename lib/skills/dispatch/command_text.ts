/** A prompt that is a command of ours: the skill's word, and what stands behind it. */
export interface CommandText {
  /** Lower case; empty for the prefix alone. */
  word: string;
  /** All that follows, further lines included, without the blanks around it. */
  rest: string;
}

/**
 * Reads `ooo NAME …`, `ooo:NAME …` and `/ouroboros:NAME …`, in any case and behind blanks, and the
 * prefix alone. The first line decides, so that a pasted text may follow. Undefined: a prompt for
 * the model, and none of ours.
 */
export function commandText(prompt: string): CommandText | undefined {
  const text = prompt.trim();
  if (/^(?:ooo|\/ouroboros)$/i.test(text)) return { word: "", rest: "" };
  const found = /^(?:ooo(?:[^\S\r\n]+|:)|\/ouroboros:)([a-z0-9][a-z0-9_-]*)(?=\s|$)/i.exec(text);
  if (!found) return undefined;
  return { word: found[1]!.toLowerCase(), rest: text.slice(found[0].length).trim() };
}
