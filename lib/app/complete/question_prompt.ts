import type { JsonSchema } from "../../runtimes/definition.ts";
import type { Message } from "./completion.ts";

/** More of a wrong answer is not sent back. */
const MOST_SENT_BACK = 20_000;

/** A wrong answer, and what is wrong with it. */
export interface Repair {
  answer: string;
  problems: readonly string[];
}

/**
 * The one text that a CLI is given: the conversation, the form of the answer where the CLI does not
 * hand the schema on, and for a repair what was wrong. A repair always says the schema.
 */
export function questionPrompt(
  messages: readonly Message[],
  options: { schema: JsonSchema; nativeSchema: boolean; repair?: Repair },
): string {
  const { repair, schema } = options;
  const form = options.nativeSchema && !repair
    ? "Answer with the JSON object that was asked for, and nothing else."
    : "Answer with one JSON object and nothing else: no words around it, no fence. " +
      `It must fit this JSON Schema:\n${JSON.stringify(schema)}`;
  return [conversation(messages), ...(repair ? [sentBack(repair)] : []), form].join("\n\n");
}

function conversation(messages: readonly Message[]): string {
  const [only] = messages;
  if (messages.length === 1 && only) return only.text;
  return messages.map(({ role, text }) => `<${role}>\n${text}\n</${role}>`).join("\n\n");
}

function sentBack({ answer, problems }: Repair): string {
  const cut = answer.length > MOST_SENT_BACK
    ? `${answer.slice(0, MOST_SENT_BACK).toWellFormed()}\n(cut here)`
    : answer;
  return [
    "This was answered before, and could not be used:",
    `<answer>\n${cut}\n</answer>`,
    `What is wrong with it:\n${problems.map((one) => `- ${one}`).join("\n")}`,
    "Answer again, with that corrected.",
  ].join("\n\n");
}
