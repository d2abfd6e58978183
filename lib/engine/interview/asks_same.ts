import { comparedText } from "./compared_text.ts";
import type { Choice, Topic } from "./screen.ts";

/** Words of questions about anything. */
const COMMON = new Set(
  ("a all also an and any anything are as at be been by can could do does else each for from had has " +
    "have how if in is it its itself must no not of on one only or other shall should so some than " +
    "that the their them then there they this those to too use used want was were what when where " +
    "which who whom whose why will with without would yes you your").split(" "),
);
/** Two wordings of one question have at least so many words in common, and half of the shorter one's. */
const LEAST_SHARED = 2;

/** What is compared of a question. */
export interface AskedThing {
  topic: Topic;
  text: string;
  choices: readonly Choice[];
}

/**
 * Whether two questions are plainly about the same thing: of one topic, with the words of their texts
 * and choices in common. Others may be as well; where that cannot be seen, an answer to one of them is
 * none to the other.
 */
export function asksSame(a: AskedThing, b: AskedThing): boolean {
  if (comparedText(a.text) === comparedText(b.text)) return true;
  if (a.topic !== b.topic) return false;
  const [first, second] = [wordsOf(a), wordsOf(b)];
  const shared = [...first].filter((word) => second.has(word)).length;
  return shared >= LEAST_SHARED && shared * 2 >= Math.min(first.size, second.size);
}

function wordsOf({ text, choices }: AskedThing): Set<string> {
  const all = [text, ...choices.map((one) => one.text)].map(comparedText).join(" ").split(" ");
  const words = all.filter((word) => word !== "" && !COMMON.has(word));
  // One and many of a thing are the same.
  return new Set(words.map((word) => word.length > 3 ? word.replace(/s$/, "") : word));
}
