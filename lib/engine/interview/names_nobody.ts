import { isPlaceholder } from "./is_placeholder.ts";

/** Words that name nobody. */
const NOBODY =
  /^(?:an?y?|the|some|every)?[\s-]*(?:one|body|human|person|people|user|reviewer)[.!]*$/i;

/** Whether what should say who looks names nobody: "someone", "a human", "tbd". */
export function namesNobody(text: string): boolean {
  return NOBODY.test(text.trim()) || isPlaceholder(text);
}
