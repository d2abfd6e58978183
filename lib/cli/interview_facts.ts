import type { Said } from "../app/interview/interview_hooks.ts";
import { askText, pickValue } from "./interview_prompts.ts";
import type { FactCorrections, InterviewView } from "./interview_view.ts";
import type { Asking } from "./leaving.ts";
import { clip } from "./render/text.ts";

type Facts = InterviewView["facts"]["facts"];

const NEW = "+";
const NONE = "-";

/** What a person said in own words: a remark, or facts that are wrong. */
export type Worded = Pick<Said, "remark" | "facts">;

/**
 * Asks for words of a person's; "fact", or "fact: what holds", leads through what was found in the
 * project. Null: nothing was said; undefined: they left.
 */
export async function askWords(
  question: { text: string; placeholder?: string },
  { facts, asking }: { facts: Facts; asking: Asking },
): Promise<Worded | null | undefined> {
  const words = await askText(question, asking);
  if (words === undefined) return undefined;
  const said = factWords(words);
  if (said === undefined) return words === "" ? null : { remark: words };
  const corrections = await askFact(facts, said, asking);
  return corrections && { remark: "", facts: corrections };
}

/** What stands behind "fact:"; empty behind "fact" alone, undefined where a line does not begin so. */
function factWords(text: string): string | undefined {
  const match = /^["']?facts?["']?\s*(?:$|:\s*(.*)$)/is.exec(text.trim());
  return match ? match[1]?.trim() ?? "" : undefined;
}

async function askFact(
  facts: Facts,
  said: string,
  asking: Asking,
): Promise<FactCorrections | null | undefined> {
  const room = Math.max(30, asking.output.columns() * 2 - 30);
  const picked = facts.length === 0 ? NEW : await pickValue({
    text: said === "" ? "Which of these is wrong?" : "Which of these does it replace?",
    choices: [
      ...facts.map((one, at) => ({ value: String(at), label: clip(one.text, room) })),
      { value: NEW, label: "None: it is missing" },
      { value: NONE, label: "None of them" },
    ],
    preset: said === "" ? "0" : NEW,
  }, asking);
  if (picked === undefined) return undefined;
  if (picked === NONE) return null;
  const found = facts[Number(picked)];
  const text = said === "" ? await askInstead(found === undefined, asking) : said;
  if (text === undefined) return undefined;
  if (found) return { corrections: [{ id: found.id, text: text === "" ? null : text }] };
  return text === "" ? null : { corrections: [{ id: newId(facts), text }] };
}

async function askInstead(missing: boolean, asking: Asking): Promise<string | undefined> {
  if (missing) return await askText({ text: "What is missing?" }, asking);
  return await askText({ text: "What holds instead?", placeholder: "Enter: it is not so" }, asking);
}

/** An id that no other fact has. */
function newId(facts: Facts): string {
  for (let number = 1;; number++) {
    const id = `said.${number}`;
    if (facts.every((one) => one.id !== id)) return id;
  }
}
