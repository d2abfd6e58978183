import { plainText, shortened } from "../../checks/plain_text.ts";

/** Longest text of a fact, in UTF-16 units. */
export const MOST_CHARS = 200;

/** C1 controls, and what turns the direction of a text round or is not seen at all. */
const UNSEEN =
  /[\x80-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * What a project says of itself as one line for a terminal and a model: no control characters, at
 * most {@link MOST_CHARS}. The project is anybody's: a name may hold anything.
 */
export function lookLine(text: string, max: number = MOST_CHARS): string {
  // A line of megabytes is not folded to show two hundred characters of it.
  const folded = plainText(text.slice(0, max * 8).replace(/\s+/g, " ")).replace(UNSEEN, "").trim();
  return shortened(folded, max).replace(/[\uD800-\uDBFF](?=…?$)/, "");
}

/** Up to `most` names as one text, and how many more there are. */
export function lookList(names: readonly string[], most: number): string {
  const more = names.length - most;
  return names.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
